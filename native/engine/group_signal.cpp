// SPDX-License-Identifier: MIT

#include "engine/group_signal.h"

#include <errno.h>
#include <signal.h>

namespace ospt {

int signal_group(pid_t leader, int signal) {
	if (::kill(-leader, signal) == 0) return 0;
	if (errno != ESRCH) return errno;
	return ::kill(leader, signal) == 0 || errno == ESRCH ? 0 : errno;
}

}  // namespace ospt
