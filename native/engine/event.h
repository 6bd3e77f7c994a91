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

// The job has to wait for its turn (or, held, for its release).
struct Queued {
	bool held = false;
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
};

// A waiting job was terminated: it never had a process.
struct Cancelled {};

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

struct Event {
	JobKey key;
	std::int64_t realtime_ns = 0;  // CLOCK_REALTIME, when the engine noticed
	std::variant<Queued, Dispatched, LaunchFailed, Stopped, Continued, Ended, Cancelled, ControlDone> what;
};

}  // namespace ospt
