// SPDX-License-Identifier: MIT
//
// process_stat: the text of /proc/PID/stat, parsed; see proc_pid_stat(5) for the fields.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace ospt {

struct ProcessStat {
	pid_t pid = 0;
	// At most 15 bytes of any kind, spaces and parentheses among them. Points into the parsed text.
	std::string_view name;
	char state = '?';
	pid_t parent = 0;
	pid_t group = 0;
	pid_t session = 0;
	bool kernel_thread = false;
	// Clock ticks; of the process, and of the children it has waited for.
	std::uint64_t user_ticks = 0;
	std::uint64_t system_ticks = 0;
	std::int64_t children_user_ticks = 0;
	std::int64_t children_system_ticks = 0;
	std::int64_t nice = 0;
	std::int64_t threads = 0;
	// Clock ticks from boot to its start.
	std::uint64_t start_ticks = 0;
	std::uint64_t virtual_bytes = 0;
	std::int64_t resident_pages = 0;

	// The process has ended and only waits to be waited for. The first thread of a process that goes on with
	// other threads is shown as a zombie too.
	bool ended() const { return ((state == 'Z' && threads <= 1) || state == 'X' || state == 'x'); }
};

std::optional<ProcessStat> parse_process_stat(std::string_view text);

}  // namespace ospt
