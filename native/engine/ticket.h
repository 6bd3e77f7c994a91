// SPDX-License-Identifier: MIT
//
// ticket: a job whose turn has come, on its way from the queue to the launcher, and back when it could not be
// started just now.

#pragma once

#include <cstdint>
#include <memory>

#include "engine/job_key.h"
#include "engine/launch_pattern.h"

namespace ospt {

struct Ticket {
	JobKey key;
	// Where it goes when it is put back: the place in the line of single jobs, the ordinal of a task.
	std::uint64_t place = 0;
	std::shared_ptr<const LaunchPattern> pattern;
	// The user knows that the job waits. From then on a transient failure to start it only means: later.
	bool announced = false;
};

}  // namespace ospt
