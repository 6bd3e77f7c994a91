// SPDX-License-Identifier: MIT
//
// outbox: how the engine's events reach their reader, in batches: the reader is told once that there is
// something and then takes all there is by then.

#pragma once

#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/event.h"

namespace ospt {

class EventSink {
  public:
	// Called on the engine's thread, once per batch; must not block. The reader then calls Outbox::take().
	virtual void events_ready() = 0;

  protected:
	~EventSink() = default;
};

class Outbox {
  public:
	explicit Outbox(EventSink* sink) : sink_(sink) {}

	void deliver(std::vector<Event>& events) {
		if (events.empty()) return;
		std::lock_guard lock(mutex_);
		if (sink_ != nullptr) {
			waiting_.insert(waiting_.end(), std::make_move_iterator(events.begin()),
							std::make_move_iterator(events.end()));
			if (!std::exchange(told_, true)) sink_->events_ready();
		}
		events.clear();
	}

	std::vector<Event> take() {
		std::lock_guard lock(mutex_);
		told_ = false;
		return std::exchange(waiting_, {});
	}

	// When it returns, the sink is not called any more; later events are dropped.
	void detach() {
		std::lock_guard lock(mutex_);
		sink_ = nullptr;
		waiting_.clear();
	}

  private:
	std::mutex mutex_;
	EventSink* sink_;
	bool told_ = false;
	std::vector<Event> waiting_;
};

}  // namespace ospt
