// SPDX-License-Identifier: MIT
//
// current_umask: the file mode creation mask of this process, read without changing it. umask(2) can only
// read by writing, and in between other threads would create files that all the world may write.

#pragma once

#include <cstdint>

namespace ospt {

// kKeepUmask when /proc does not tell (proc(5), Umask, Linux >= 4.7).
std::uint32_t current_umask();

}  // namespace ospt
