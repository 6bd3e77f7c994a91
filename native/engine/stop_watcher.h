// SPDX-License-Identifier: MIT
//
// stop_watcher: tells when a child of this process is stopped or continued, whoever sent the signal.
//
//  - One thread for the whole process, blocked in waitid(P_ALL, WSTOPPED | WCONTINUED): the kernel offers
//    that news once, for any child, so two watchers would take it from each other. Without WEXITED it reaps
//    nothing: the ends of all children, ours and others', stay with their owners.
//  - It hands every notice to every subscriber; the subscriber knows its own pids.
//  - The thread lives as long as the process and is parked while there is no child. The library is linked
//    with `-z nodelete`, so that its code stays mapped when the last worker thread that used it ends.

#pragma once

#include <sys/types.h>

namespace ospt {

struct StopNotice {
	pid_t pid = 0;
	int stop_signal = 0;  // 0: continued
};

class StopListener {
  public:
	// Called on the watcher's thread; must not block.
	virtual void child_stopped(StopNotice notice) = 0;

  protected:
	~StopListener() = default;
};

namespace stop_watcher {

// Starts the thread at the first call. Returns 0 or an errno.
int subscribe(StopListener& listener);
// When it returns, the listener is not called any more.
void unsubscribe(StopListener& listener);
// To be called after a child was created: the watcher may be parked for want of children.
void child_created();

}  // namespace stop_watcher
}  // namespace ospt
