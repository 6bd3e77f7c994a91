// SPDX-License-Identifier: MIT

#include "engine/reaper.h"

#include <errno.h>
#include <sys/wait.h>

#include "core/clock.h"
#include "engine/pidfd.h"

namespace ospt {
namespace {

// Another part of this process waited for any child, or ignores SIGCHLD.
void record_loss(ExitRecord& record, int pidfd) {
	const std::optional<int> status = pidfd >= 0 ? reaped_status(pidfd) : std::nullopt;
	record.usage_known = false;
	record.status_known = status.has_value();
	record.status = status.value_or(0);
}

}  // namespace

std::optional<ExitRecord> reap(pid_t pid, int pidfd) {
	ExitRecord record;
	record.pid = pid;
	pid_t waited = 0;
	do {
		waited = ::wait4(pid, &record.status, WNOHANG, &record.usage);
	} while (waited < 0 && errno == EINTR);
	if (waited == 0) return std::nullopt;
	if (waited < 0) record_loss(record, pidfd);
	record.finished_ns = monotonic_ns();
	record.finished_realtime_ns = realtime_ns();
	return record;
}

}  // namespace ospt
