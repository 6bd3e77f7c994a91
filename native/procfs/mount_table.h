// SPDX-License-Identifier: MIT
//
// mount_table: the text of /proc/PID/mountinfo, parsed; see proc_pid_mountinfo(5).

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ospt {

struct Mount {
	// The part of the file system that is mounted, and where.
	std::string root;
	std::string point;
	std::string type;
	// Of the file system: "rw,memory".
	std::string options;

	bool has_option(std::string_view name) const;
};

// Lines of another form are left out.
std::vector<Mount> parse_mount_table(std::string_view text);

}  // namespace ospt
