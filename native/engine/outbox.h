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
		bool tell = false;
		{
			std::lock_guard lock(mutex_);
			if (waiting_.empty())
				std::swap(waiting_, events);
			else
				waiting_.insert(waiting_.end(), std::make_move_iterator(events.begin()),
								std::make_move_iterator(events.end()));
			tell = !std::exchange(told_, true);
		}
		events.clear();
		if (!tell) return;
		// Not under the lock that the reader takes as soon as it is told.
		std::lock_guard lock(sink_mutex_);
		if (sink_ != nullptr) sink_->events_ready();
	}

	std::vector<Event> take() {
		std::lock_guard lock(mutex_);
		told_ = false;
		return std::exchange(waiting_, {});
	}

	// When it returns, the sink is not called any more; nobody takes later events.
	void detach() {
		const std::scoped_lock lock(sink_mutex_, mutex_);
		sink_ = nullptr;
		waiting_.clear();
	}

  private:
	std::mutex sink_mutex_;
	EventSink* sink_;
	std::mutex mutex_;
	bool told_ = false;
	std::vector<Event> waiting_;
};

}  // namespace ospt
