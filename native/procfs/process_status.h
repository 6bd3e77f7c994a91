// SPDX-License-Identifier: MIT
//
// process_status: what only /proc/PID/status tells, or tells better: the user, the exact memory, the
// processors; see proc_pid_status(5).

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace ospt {

// In bytes. All zero for a process without an address space: a kernel thread, or one that is ending.
struct ProcessMemory {
	std::uint64_t resident = 0;
	std::uint64_t peak_resident = 0;
	std::uint64_t data = 0;
	std::uint64_t stack = 0;
	std::uint64_t locked = 0;
	std::uint64_t swapped = 0;
};

struct ProcessStatus {
	// The real uid: whose process it is, also when its program is set-user-ID. (The owner of the directory
	// /proc/PID is the effective one, or root for a process that must not be dumped.)
	uid_t uid = 0;
	ProcessMemory memory;
	// The processors it may run on, as a list of the kernel: also those that are not online. Points into the
	// text.
	std::string_view cpus_allowed;
};

std::optional<ProcessStatus> parse_process_status(std::string_view text);

}  // namespace ospt
