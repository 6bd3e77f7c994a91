// SPDX-License-Identifier: MIT
//
// topology: how the processors that are online are spread over sockets and cores.
//
// Counted are the sets of siblings that the kernel names, not its ids: a core id may occur in several
// sockets, has gaps, and a socket id may be -1 for all. Processors that are offline are in no set. Where the
// sets differ in size, as on machines with two kinds of cores, the largest counts.

#pragma once

#include <optional>

#include "procfs/cpu_list.h"
#include "procfs/read_file.h"

namespace ospt {

struct Topology {
	CpuSet online;
	// Absent where the kernel tells none of it.
	std::optional<int> sockets;
	std::optional<int> cores_per_socket;
	std::optional<int> threads_per_core;
};

Topology read_topology(TextFiles& files);

}  // namespace ospt
