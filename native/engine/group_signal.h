// SPDX-License-Identifier: MIT
//
// group_signal: the only place that signals jobs.

#pragma once

#include <sys/types.h>

namespace ospt {

// Sends `signal` to the process group that `leader` leads, or to the process alone when it leads none (it has
// not come to its setpgid yet, or has moved to another group). Returns 0 or an errno.
//
// The caller guarantees that `leader` is a child that has not been waited for: until then the kernel gives
// its number to nobody else, neither as a pid nor as a group. Sending to one that has ended is success.
int signal_group(pid_t leader, int signal);

}  // namespace ospt
