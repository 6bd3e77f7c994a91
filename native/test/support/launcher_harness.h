// SPDX-License-Identifier: MIT
//
// launcher_harness: one launcher program, driven through a LauncherLink as the engine does it.

#pragma once

#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>

#include "engine/launcher_link.h"
#include "support/processes.h"
#include "support/requests.h"

namespace ospt::test {

class LauncherHarness {
  public:
	LauncherHarness();

	struct Outcome {
		std::optional<LaunchFailure> failure;
		pid_t pid = 0;  // 0: no process was made
	};
	LauncherLink::Launch send(const LaunchRequest& request, bool guarded = false);
	// What the report pipe told, and the pid that the slot holds then. Frees the slot.
	Outcome outcome(LauncherLink::Launch& launch);
	bool reported(const LauncherLink::Launch& launch);

	// The pid of the running program; a failed launch throws.
	pid_t start(const LaunchRequest& request);
	// Start, and the wait status of its end.
	int run(const LaunchRequest& request) { return wait_for(start(request)); }
	// For launches that must fail: the process behind them is waited for.
	LaunchFailure failure_of(const LaunchRequest& request);

	LauncherLink& link() { return link_; }
	pid_t pid() const { return link_.launcher().pid; }

  private:
	LauncherLink link_{OSPT_LAUNCHER};
};

// A fixture whose launcher is gone before the check for left-overs.
class LauncherTest : public CleanTest {
  protected:
	void SetUp() override {
		CleanTest::SetUp();
		launcher_.emplace();
	}
	void TearDown() override {
		launcher_.reset();
		CleanTest::TearDown();
	}
	LauncherHarness& launcher() { return *launcher_; }

  private:
	std::optional<LauncherHarness> launcher_;
};

}  // namespace ospt::test

namespace ospt {
// For the messages of failed expectations.
inline void PrintTo(const LaunchFailure& failure, std::ostream* out) {
	*out << "stage " << static_cast<int>(failure.stage) << ", errno " << failure.error;
}
inline bool operator==(const LaunchFailure& a, const LaunchFailure& b) {
	return a.stage == b.stage && a.error == b.error;
}
}  // namespace ospt
