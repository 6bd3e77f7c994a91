// SPDX-License-Identifier: MIT

#include "engine/pidfd.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace ospt {
namespace {

// As in linux/pidfd.h of Linux 6.15; the headers of older systems lack it.
struct PidfdInfo {
	std::uint64_t mask;
	std::uint64_t cgroupid;
	std::uint32_t ids[11];
	std::int32_t exit_code;
};
static_assert(sizeof(PidfdInfo) == 64);
constexpr std::uint64_t kPidfdInfoExit = 1U << 3;
constexpr unsigned long kPidfdGetInfo = _IOWR(0xFF, 11, PidfdInfo);

}  // namespace

UniqueFd open_pidfd(pid_t pid) {
	return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

int signal_process(int pidfd, int signal) {
	return ::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) < 0 ? errno : 0;
}

std::optional<int> reaped_status(int pidfd) {
	PidfdInfo info{};
	info.mask = kPidfdInfoExit;
	if (::ioctl(pidfd, kPidfdGetInfo, &info) < 0 || (info.mask & kPidfdInfoExit) == 0) return std::nullopt;
	return info.exit_code;
}

}  // namespace ospt
