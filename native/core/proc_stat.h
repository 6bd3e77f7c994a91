// SPDX-License-Identifier: MIT
//
// proc_stat: the start time out of the text of /proc/PID/stat. Allocates nothing and calls nothing, so that
// the launcher can use it too.

#pragma once

#include <cstddef>
#include <cstdint>

namespace ospt {

// Field 22 (starttime, clock ticks since boot; proc(5)), or 0 when the text is not of that form. Field 2, the
// command's name, may hold spaces and parentheses: fields are counted from the last ')'.
inline std::uint64_t parse_start_time(const char* text, std::size_t length) {
	std::size_t at = length;
	while (at > 0 && text[at - 1] != ')') --at;
	if (at == 0) return 0;
	for (int field = 2; field < 22; ++field) {
		while (at < length && text[at] != ' ') ++at;
		if (at == length) return 0;
		++at;
	}
	std::uint64_t value = 0;
	for (; at < length && text[at] >= '0' && text[at] <= '9'; ++at) {
		value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
	}
	return value;
}

}  // namespace ospt
