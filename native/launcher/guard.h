// SPDX-License-Identifier: MIT
//
// guard: ends the jobs that must not outlive Node (option killOnExit). Called once, when Node is gone: by
// then nobody changes the shared memory any more.

#pragma once

#include "core/launch_page.h"

namespace ospt {

// `table_fd` is a file of GuardEntry; `page` holds the launches that were under way.
void kill_guarded_groups(int table_fd, const LaunchPage& page);

}  // namespace ospt
