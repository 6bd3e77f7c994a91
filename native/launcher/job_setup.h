// SPDX-License-Identifier: MIT
//
// job_setup: what the new process does between clone and exec.
//
//  - Runs in the new process only, mostly in the launcher's own memory (a berth of its own, see main.cpp): it
//    changes nothing but its request and its stack, and maps nothing that would stay. After a fork, or with
//    the request in a memfd, the memory is a private copy.
//  - Never returns. Every step that can fail leaves through the report pipe with its stage and errno.
//  - On success execve closes the report pipe, and nothing of the launcher is left: signal handlers and mask
//    are already at their defaults (the launcher's own are), every descriptor above 2 is closed.

#pragma once

#include "core/launch_page.h"
#include "core/launch_wire.h"

namespace ospt {

struct JobSetup {
	WireRequest* request;  // writable: offsets become pointers in place
	const LaunchSlot* slot;
	int report_fd;
	int body_fd;  // memfd with the whole request, or -1
};

[[noreturn]] void become_job(const JobSetup& setup);

}  // namespace ospt
