// SPDX-License-Identifier: MIT

#include "support/engine_harness.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

namespace ospt::test {

EngineHarness::EngineHarness() {
	if (const auto error = Engine::create(OSPT_LAUNCHER, *this, engine_)) {
		throw std::runtime_error("no engine: " + std::string(error.call));
	}
}

EngineHarness::~EngineHarness() {
	open_gate();
	engine_.reset();
}

void EngineHarness::open_queue(std::uint32_t queue, std::uint32_t max_running, bool kill_on_exit) {
	post(OpenQueue{queue, max_running, kill_on_exit});
}

JobKey EngineHarness::submit(LaunchRequest request, std::uint32_t queue, bool held) {
	const JobKey key{queue, 0, ++last_job_};
	post(Submit{key, std::move(request), held});
	return key;
}

JobKey EngineHarness::submit_array(LaunchRequest request, TaskRange range, std::uint32_t max_parallel,
								   std::uint32_t queue, bool held) {
	const JobKey key{queue, 0, ++last_job_};
	post(SubmitArray{key, std::move(request), range, max_parallel, held});
	return key;
}

std::uint32_t EngineHarness::post_control(const JobKey& key, ControlAction action) {
	post(Control{key, action, ++last_token_});
	return last_token_;
}

ControlResult EngineHarness::control(const JobKey& key, ControlAction action) {
	const std::uint32_t token = post_control(key, action);
	std::optional<ControlResult> result;
	require([&] {
		for (const Event& event : of_job_[key]) {
			const auto* done = std::get_if<ControlDone>(&event.what);
			if (done != nullptr && done->token == token) result = done->result;
		}
		return result.has_value();
	});
	return *result;
}

std::vector<std::pair<std::uint32_t, Refused>> EngineHarness::refused_by(const JobKey& array,
																		 ControlAction action) {
	EXPECT_EQ(control(array, action), ControlResult::Done);
	std::vector<std::pair<std::uint32_t, Refused>> found;
	for (const Event& event : log_) {
		const auto* refused = std::get_if<Refused>(&event.what);
		if (refused != nullptr && refused->token == last_token_) found.emplace_back(event.key.task, *refused);
	}
	std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
	return found;
}

void EngineHarness::require_launching(const JobKey& key) {
	// While it waits the answer is WrongState, and nothing comes of it.
	require_eventually("a launch",
					   [&] { return control(key, ControlAction::Suspend) == ControlResult::Starting; });
}

void EngineHarness::require(const std::function<bool()>& condition) {
	const auto end = std::chrono::steady_clock::now() + kPatience;
	take_in();
	while (!condition()) {
		{
			std::unique_lock lock(mutex_);
			if (!changed_.wait_until(lock, end, [this] { return ready_; })) {
				throw std::runtime_error("the engine never told what the test waits for");
			}
		}
		take_in();
	}
}

void EngineHarness::take_in() {
	{
		std::lock_guard lock(mutex_);
		ready_ = false;
	}
	for (Event& event : engine_->take_events()) {
		of_job_[event.key].push_back(event);
		log_.push_back(std::move(event));
	}
}

void EngineHarness::events_ready() {
	std::unique_lock lock(mutex_);
	ready_ = true;
	at_gate_ = gate_closed_;
	changed_.notify_all();
	changed_.wait(lock, [this] { return !gate_closed_; });
	at_gate_ = false;
}

void EngineHarness::close_gate() {
	std::lock_guard lock(mutex_);
	gate_closed_ = true;
}

void EngineHarness::wait_at_gate() {
	std::unique_lock lock(mutex_);
	if (!changed_.wait_for(lock, kPatience, [this] { return at_gate_; })) {
		throw std::runtime_error("the engine's thread never came to the gate");
	}
}

void EngineHarness::open_gate() {
	std::lock_guard lock(mutex_);
	gate_closed_ = false;
	changed_.notify_all();
}

}  // namespace ospt::test
