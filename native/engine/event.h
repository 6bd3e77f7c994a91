// SPDX-License-Identifier: MIT
//
// event: what the engine tells. Plain data, in order per job.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <variant>

#include "core/exit_record.h"
#include "core/launch_stage.h"
#include "engine/job_key.h"

namespace ospt {

// What concerns many tasks of an array alike is told once for a run of them: those from the one that the key
// names to `last`, with every step between. 0: only that one.

// The job has to wait for its turn (or, held, for its release). The tasks of a new array are not told: they
// are what the array was submitted as.
struct Queued {
	bool held = false;
	std::uint32_t last = 0;
};

// The job's program runs: execve has succeeded. (Or a signal has ended its process before that; its end
// follows.)
struct Dispatched {
	pid_t pid = 0;
	std::int64_t dispatched_realtime_ns = 0;
	std::int64_t dispatched_ns = 0;  // CLOCK_MONOTONIC
};

// The job's program was not started; nothing of it is left.
struct LaunchFailed {
	LaunchFailure failure;
};

// The process was stopped or continued, whoever sent the signal.
struct Stopped {
	int signal = 0;
};
struct Continued {};

struct Ended {
	ExitRecord record;
	bool terminated = false;  // Terminate was sent to its process
};

// A waiting job was terminated: it never had a process.
struct Cancelled {
	std::uint32_t last = 0;
};

// The numbers are part of the interface to TypeScript.
enum class ControlResult : std::uint32_t {
	Done = 0,
	WrongState = 1,    // the job exists, but not in a state that the action applies to
	NoSuchJob = 2,     // it has ended, or was never submitted
	Starting = 3,      // its launch is under way: too late to hold, too early to suspend
	NotPermitted = 4,  // kill(2) was refused with EPERM
};

struct ControlDone {
	std::uint32_t token = 0;
	ControlResult result = ControlResult::Done;
};

// A run of tasks that a Control of their whole array did not apply to. Comes before its ControlDone.
struct Refused {
	std::uint32_t token = 0;
	ControlResult result = ControlResult::Done;
	std::uint32_t last = 0;
};

struct Event {
	JobKey key;
	std::int64_t realtime_ns = 0;  // CLOCK_REALTIME, when the engine noticed
	std::variant<Queued, Dispatched, LaunchFailed, Stopped, Continued, Ended, Cancelled, ControlDone, Refused>
		what;
};

}  // namespace ospt
