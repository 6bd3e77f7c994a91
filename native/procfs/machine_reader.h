// SPDX-License-Identifier: MIT
//
// machine_reader: the machine as a whole. What the kernel does not tell here is absent.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/system_error.h"
#include "procfs/cgroup_limits.h"
#include "procfs/topology.h"

namespace ospt {

struct MachineFacts {
	std::string name;
	// uname(2): "x86_64", "6.1.0-18-amd64".
	std::string architecture;
	std::string kernel_release;
	// Of /etc/os-release: "Debian GNU/Linux 12 (bookworm)". Empty when there is no such file.
	std::string os_name;
	Topology topology;
	// Averages over 1, 5 and 15 minutes.
	std::optional<std::array<double, 3>> load;
	std::optional<double> uptime_seconds;
	// Kilobytes of 1024 bytes.
	std::optional<std::uint64_t> memory_kb;
	std::optional<std::uint64_t> available_memory_kb;
	std::optional<std::uint64_t> swap_kb;
	std::optional<std::uint64_t> free_swap_kb;
	CgroupLimits limits;
};

// `root` is empty, or the directory under which recorded /proc, /sys and /etc lie. Names are those of this
// system either way.
SystemError read_machine(const std::string& root, MachineFacts& machine);

}  // namespace ospt
