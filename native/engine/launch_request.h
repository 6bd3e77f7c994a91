// SPDX-License-Identifier: MIT
//
// launch_request: what is to be started. Every string is final: nothing is interpreted behind this point.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/launch_wire.h"

namespace ospt {

// In the request of an array it stands wherever the index of the task belongs, as decimal digits. No
// argument, variable or path can contain it otherwise.
inline constexpr char kIndexMark = '\0';

struct LaunchStream {
	StreamKind kind = StreamKind::Null;
	std::string path;              // File, Append
	std::uint32_t descriptor = 0;  // Tracker: 0, 1 or 2

	bool has_path() const { return kind == StreamKind::File || kind == StreamKind::Append; }
};

struct LaunchRequest {
	std::string path;
	// Directories for a `path` without a slash, separated by colons; empty: `path` is used as it is.
	std::string search_path;
	std::vector<std::string> argv;  // argv[0] included
	std::vector<std::string> env;   // NAME=value
	std::string working_directory;  // absolute
	LaunchStream streams[3];
	std::uint32_t umask = kKeepUmask;
};

}  // namespace ospt
