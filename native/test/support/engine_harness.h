// SPDX-License-Identifier: MIT
//
// engine_harness: an engine, and the collector of its events.

#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "support/deadline.h"
#include "support/processes.h"
#include "support/requests.h"

namespace ospt::test {

class EngineHarness final : private EventSink {
  public:
	EngineHarness();
	// Ends the engine. Jobs that run go on.
	~EngineHarness();
	EngineHarness(const EngineHarness&) = delete;
	EngineHarness& operator=(const EngineHarness&) = delete;

	void open_queue(std::uint32_t queue, std::uint32_t max_running = UINT32_MAX, bool kill_on_exit = false);
	void post(Command command) { engine_->post(std::move(command)); }
	JobKey submit(LaunchRequest request, std::uint32_t queue = 1, bool held = false);
	// Returns the key of the array.
	JobKey submit_array(LaunchRequest request, TaskRange range, std::uint32_t max_parallel = UINT32_MAX,
						std::uint32_t queue = 1, bool held = false);
	std::uint32_t post_control(const JobKey& key, ControlAction action);
	ControlResult control(const JobKey& key, ControlAction action);

	// Waits until the job has left its queue for the launcher (and relies on its not getting further).
	void require_launching(const JobKey& key);

	// The first event of that kind for that job; waits for it, and throws when it does not come.
	template <typename Kind>
	Kind await(const JobKey& key) {
		std::optional<Kind> found;
		require([&] { return (found = find<Kind>(key)).has_value(); });
		return *found;
	}
	template <typename Kind>
	std::optional<Kind> find(const JobKey& key) {
		for (const Event& event : of_job_[key]) {
			if (const auto* kind = std::get_if<Kind>(&event.what)) return *kind;
		}
		return std::nullopt;
	}
	template <typename Kind>
	std::size_t count(const JobKey& key) {
		std::size_t count = 0;
		for (const Event& event : of_job_[key]) count += std::holds_alternative<Kind>(event.what) ? 1 : 0;
		return count;
	}
	ExitRecord ended(const JobKey& key) { return await<Ended>(key).record; }
	int status(const JobKey& key) { return ended(key).status; }
	pid_t pid(const JobKey& key) { return await<Dispatched>(key).pid; }
	// What a Control of a whole array was answered before its ControlDone.
	std::vector<std::pair<std::uint32_t, Refused>> refused_by(const JobKey& array, ControlAction action);
	// Takes in events until `condition` is true; throws when it never is.
	void require(const std::function<bool()>& condition);
	// In the order in which they came.
	const std::vector<Event>& log() const { return log_; }

	// Keeps the engine's thread from working, from its next batch of events on, until open_gate().
	void close_gate();
	void wait_at_gate();
	void open_gate();

  private:
	void events_ready() override;
	void take_in();

	std::mutex mutex_;
	std::condition_variable changed_;
	bool ready_ = false;
	bool gate_closed_ = false;
	bool at_gate_ = false;

	std::vector<Event> log_;
	std::unordered_map<JobKey, std::vector<Event>, JobKeyHash> of_job_;
	std::uint64_t last_job_ = 0;
	std::uint32_t last_token_ = 0;
	std::unique_ptr<Engine> engine_;
};

class EngineTest : public CleanTest {
  protected:
	void SetUp() override {
		CleanTest::SetUp();
		engine_ = std::make_unique<EngineHarness>();
		engine_->open_queue(1);
	}
	void TearDown() override {
		engine_.reset();
		CleanTest::TearDown();
	}
	EngineHarness& engine() { return *engine_; }
	void end_engine() { engine_.reset(); }

  private:
	std::unique_ptr<EngineHarness> engine_;
};

}  // namespace ospt::test
