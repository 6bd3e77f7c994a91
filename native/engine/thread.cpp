// SPDX-License-Identifier: MIT

#include "engine/thread.h"

#include <signal.h>

#include <initializer_list>

namespace ospt {

int start_thread(const char* name, ThreadMain main, void* argument, pthread_t* thread) {
	sigset_t all;
	sigset_t before;
	::sigfillset(&all);
	// A fault of the thread's own must still end the process with that signal.
	for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) ::sigdelset(&all, fault);
	::pthread_sigmask(SIG_SETMASK, &all, &before);
	const int error = ::pthread_create(thread, nullptr, main, argument);
	::pthread_sigmask(SIG_SETMASK, &before, nullptr);
	if (error == 0) ::pthread_setname_np(*thread, name);
	return error;
}

int start_detached_thread(const char* name, ThreadMain main, void* argument) {
	pthread_t thread{};
	const int error = start_thread(name, main, argument, &thread);
	if (error == 0) ::pthread_detach(thread);
	return error;
}

}  // namespace ospt
