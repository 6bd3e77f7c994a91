// SPDX-License-Identifier: MIT
//
// launch_request: what is to be started. Every string is final: nothing is interpreted behind this point.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/launch_wire.h"

namespace ospt {

struct LaunchStream {
	StreamKind kind = StreamKind::Null;
	std::string path;              // File
	std::uint32_t descriptor = 0;  // Tracker: 0, 1 or 2
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

// Writes the wire form into `out` (its old contents are dropped; its memory is reused). False: the request is
// beyond what 32-bit offsets hold. No kernel would exec it.
bool encode_launch_request(const LaunchRequest& request, std::uint32_t slot, std::vector<char>& out);

}  // namespace ospt
