// SPDX-License-Identifier: MIT
//
// cgroup_limits: what this process may use at most by the control groups it is in, of either version
// (cgroups(7)).
//
// A limit is the tightest on the way from the process's own group up to the topmost that can be seen from
// here. What a container's host has set further up is not visible in version 2; in version 1 the kernel tells
// it for the memory.

#pragma once

#include <cstdint>
#include <optional>

#include "procfs/cpu_list.h"
#include "procfs/read_file.h"

namespace ospt {

struct CgroupLimits {
	// Which kinds of control groups are mounted.
	bool version1 = false;
	bool version2 = false;
	// Absent: no limit.
	std::optional<std::uint64_t> memory_bytes;
	std::optional<std::uint64_t> swap_bytes;
	std::optional<std::uint64_t> processes;
	// Processor time per time: 1.5 is one and a half processors.
	std::optional<double> processors;
	// The processors it may run on; absent where no control group restricts them.
	std::optional<CpuSet> cpus;
};

CgroupLimits read_cgroup_limits(TextFiles& files);

}  // namespace ospt
