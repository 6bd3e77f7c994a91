// SPDX-License-Identifier: MIT
//
// pidfd: system calls on process descriptors that the C library of older systems does not wrap.

#pragma once

#include <sys/types.h>

#include <optional>

#include "core/unique_fd.h"

namespace ospt {

// An invalid descriptor and errno on failure. The descriptor becomes readable when the process ends.
UniqueFd open_pidfd(pid_t pid);

// pidfd_send_signal(2): never reaches another process. Returns 0 or an errno.
int signal_process(int pidfd, int signal);

// The wait status of a process that somebody else has reaped (PIDFD_GET_INFO, Linux >= 6.15); empty where the
// kernel cannot tell.
std::optional<int> reaped_status(int pidfd);

}  // namespace ospt
