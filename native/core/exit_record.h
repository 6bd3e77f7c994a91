// SPDX-License-Identifier: MIT
//
// exit_record: all that the kernel tells about the end of a job's process.

#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>

namespace ospt {

struct ExitRecord {
	pid_t pid = 0;
	// As wait4(2) gives it: to be read with WIFEXITED, WTERMSIG and their kin.
	int status = 0;
	// The process and its waited-for descendants (getrusage(2), RUSAGE_CHILDREN semantics of wait4).
	rusage usage{};
	std::int64_t dispatched_ns = 0;           // CLOCK_MONOTONIC
	std::int64_t finished_ns = 0;             // CLOCK_MONOTONIC
	std::int64_t dispatched_realtime_ns = 0;  // CLOCK_REALTIME
	std::int64_t finished_realtime_ns = 0;    // CLOCK_REALTIME
	// False: somebody else in this process waited for the job. `usage` is gone with that, and `status` too
	// unless `status_known`.
	bool usage_known = true;
	bool status_known = true;
};

}  // namespace ospt
