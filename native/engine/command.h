// SPDX-License-Identifier: MIT
//
// command: what the engine can be asked. Plain data: the same values could be written to a socket.

#pragma once

#include <cstdint>
#include <variant>

#include "engine/job_key.h"
#include "engine/launch_request.h"
#include "engine/task_range.h"

namespace ospt {

// A queue is one tracker's share of the engine: its jobs and the bound on how many of them run at once.
struct OpenQueue {
	std::uint32_t queue = 0;
	std::uint32_t max_running = UINT32_MAX;
	bool kill_on_exit = false;  // its jobs must not outlive Node
};

// Its jobs go on, also those still waiting, but nothing is told about them any more.
struct CloseQueue {
	std::uint32_t queue = 0;
};

struct Submit {
	JobKey key;
	LaunchRequest request;
	bool held = false;
};

// An array of jobs: one request for all its tasks, with kIndexMark where the index of a task belongs.
struct SubmitArray {
	JobKey key;  // task 0
	LaunchRequest request;
	TaskRange range;
	std::uint32_t max_parallel = UINT32_MAX;
	bool held = false;
};

// The numbers are part of the interface to TypeScript.
enum class ControlAction : std::uint32_t {
	Suspend = 0,    // SIGTSTP to the process group
	Resume = 1,     // SIGCONT to the process group
	Hold = 2,       // keep a waiting job from starting
	Release = 3,    // let it start again
	Terminate = 4,  // SIGKILL to the process group; a waiting job never starts
	Withdraw = 5,   // drop a waiting job as if it had never been submitted (single jobs only)
};

struct Control {
	JobKey key;  // of an array: all its tasks
	ControlAction action = ControlAction::Suspend;
	std::uint32_t token = 0;  // comes back in ControlDone
};

using Command = std::variant<OpenQueue, CloseQueue, Submit, SubmitArray, Control>;

}  // namespace ospt
