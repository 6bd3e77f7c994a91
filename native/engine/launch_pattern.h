// SPDX-License-Identifier: MIT
//
// launch_pattern: a launch request in its wire form, ready to be sent again and again. The tasks of an array
// share one; what differs between them is filled in when a task is sent.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/launch_request.h"

namespace ospt {

class LaunchPattern {
  public:
	explicit LaunchPattern(const LaunchRequest& request);

	// Writes the request for one task into `out` (its old contents are dropped; its memory is reused). False:
	// it is beyond what 32-bit offsets hold. No kernel would exec it.
	bool encode(std::uint32_t slot, std::uint32_t task, std::vector<char>& out) const;

  private:
	friend class PatternWriter;

	// A string that differs from task to task: it stands behind all others, and `reference` is where its
	// offset is written.
	struct Varying {
		std::uint32_t reference = 0;
		bool in_table = false;  // offsets in the tables have 64 bits, those in the header 32
		std::string text;       // with kIndexMark
	};

	std::vector<char> fixed_;
	std::vector<Varying> varying_;
	bool too_large_ = false;
};

}  // namespace ospt
