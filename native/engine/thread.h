// SPDX-License-Identifier: MIT
//
// thread: threads that take no signals. Signals sent to Node are for Node's own threads.

#pragma once

#include <pthread.h>

namespace ospt {

using ThreadMain = void* (*)(void*);

// `name` has at most 15 characters. Returns 0 or an errno (EAGAIN: no more threads).
int start_thread(const char* name, ThreadMain main, void* argument, pthread_t* thread);
int start_detached_thread(const char* name, ThreadMain main, void* argument);

}  // namespace ospt
