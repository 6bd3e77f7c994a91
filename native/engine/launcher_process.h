// SPDX-License-Identifier: MIT
//
// launcher_process: one run of the launcher program.

#pragma once

#include <sys/types.h>

#include <string>

#include "core/system_error.h"
#include "core/unique_fd.h"

namespace ospt {

struct LauncherProcess {
	pid_t pid = 0;
	UniqueFd pidfd;
	UniqueFd socket;       // SOCK_SEQPACKET; its end is the launcher's sign that Node is gone
	bool watched = false;  // somebody waits for the pidfd to become readable

	explicit operator bool() const { return pid > 0; }
};

// Waits for a launcher that has ended or was killed. A handler of SIGCHLD may run on this thread meanwhile.
void wait_for_child(pid_t pid);

// Starts `program` with the two shared memories. The child is in a process group of its own (a Ctrl-C at the
// terminal is not for it), with default signal handlers and an empty mask.
SystemError start_launcher(const std::string& program, int page_fd, int guard_fd, LauncherProcess& out);

}  // namespace ospt
