// SPDX-License-Identifier: MIT
//
// reaper: turns the end of a process into an exit record. The only place that calls wait4 for jobs.
//
//  - Waits by pid, never for "any child": a child that is not ours stays waitable by its owner.
//  - Never blocks.

#pragma once

#include <sys/types.h>

#include <optional>

#include "core/exit_record.h"

namespace ospt {

// Empty: the process has not ended. `pidfd` is asked only when somebody else has already waited for the
// process (ECHILD); it may be -1.
std::optional<ExitRecord> reap(pid_t pid, int pidfd);

}  // namespace ospt
