// SPDX-License-Identifier: MIT
//
// descriptor_limit: every running job costs the engine a descriptor, so it takes what the hard limit allows;
// jobs get the soft limit that was there before. (Node itself has already raised its own soft limit when it
// started.)

#pragma once

#include <cstdint>

namespace ospt {

// Raises the soft RLIMIT_NOFILE of this process to the hard one at the first call. Returns the soft limit
// found then.
std::uint64_t raise_descriptor_limit();

}  // namespace ospt
