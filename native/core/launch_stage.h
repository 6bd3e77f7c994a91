// SPDX-License-Identifier: MIT
//
// launch_stage: the steps between a launch request and a running program. A failed launch names one of them,
// together with the errno of the call that failed. The numbers travel between the programs and to TypeScript:
// append, never reorder.

#pragma once

#include <cstdint>

namespace ospt {

enum class LaunchStage : std::uint32_t {
	None = 0,
	Launcher = 1,        // the helper program could not be started, or died with the request in its hands
	Request = 2,         // the helper program could not read the request
	Clone = 3,           // clone(2)
	Cancelled = 4,       // the job was terminated before its program was executed
	Setpgid = 5,         // setpgid(2)
	Chdir = 6,           // chdir(2) into the working directory
	Stdin = 7,           // opening or installing standard input
	Stdout = 8,          // opening or installing standard output
	Stderr = 9,          // opening or installing standard error
	InputIsOutput = 10,  // standard input and an output are the same file; it was not truncated
	Exec = 11,           // execve(2)
};

// Written by a launch that fails into its report pipe, in one piece (far below PIPE_BUF). A launch that
// succeeds writes nothing: execve closes the pipe.
struct LaunchFailure {
	LaunchStage stage = LaunchStage::None;
	std::int32_t error = 0;
};

}  // namespace ospt
