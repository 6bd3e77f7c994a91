// SPDX-License-Identifier: MIT

#include "engine/launcher_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "core/launch_wire.h"
#include "engine/pidfd.h"

namespace ospt {
namespace {

// The dup2 actions of the child run one after the other: a source below their targets could be overwritten
// before its turn.
UniqueFd above_targets(int fd) {
	return UniqueFd(::fcntl(fd, F_DUPFD_CLOEXEC, kTrackerStreamFd + 3));
}

class SpawnAttributes {
  public:
	SpawnAttributes() {
		::posix_spawnattr_init(&attributes_);
		::posix_spawn_file_actions_init(&actions_);
		sigset_t none;
		sigset_t all;
		::sigemptyset(&none);
		::sigfillset(&all);
		::posix_spawnattr_setflags(&attributes_,
								   POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
		::posix_spawnattr_setsigmask(&attributes_, &none);
		::posix_spawnattr_setsigdefault(&attributes_, &all);
		::posix_spawnattr_setpgroup(&attributes_, 0);
	}
	~SpawnAttributes() {
		::posix_spawn_file_actions_destroy(&actions_);
		::posix_spawnattr_destroy(&attributes_);
	}
	SpawnAttributes(const SpawnAttributes&) = delete;
	SpawnAttributes& operator=(const SpawnAttributes&) = delete;

	// Node marks its own as close-on-exec; a dup2 onto itself takes the mark off in the child.
	void keep_standard_streams() {
		for (int fd = 0; fd < 3; ++fd) {
			if (::fcntl(fd, F_GETFD) >= 0) ::posix_spawn_file_actions_adddup2(&actions_, fd, fd);
		}
	}
	void install(const UniqueFd& fd, int target) {
		::posix_spawn_file_actions_adddup2(&actions_, fd.get(), target);
	}
	int spawn(const std::string& program, pid_t& pid) {
		char* const argv[] = {const_cast<char*>("os-process-launcher"), nullptr};
		char* const envp[] = {nullptr};
		return ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, argv, envp);
	}

  private:
	posix_spawnattr_t attributes_;
	posix_spawn_file_actions_t actions_;
};

}  // namespace

void wait_for_child(pid_t pid) {
	while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
	}
}

SystemError start_launcher(const std::string& program, int page_fd, int guard_fd, LauncherProcess& out) {
	int pair[2];
	if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return {"socketpair", errno};
	UniqueFd ours(pair[0]);
	const UniqueFd theirs(pair[1]);
	const UniqueFd socket = above_targets(theirs.get());
	const UniqueFd page = above_targets(page_fd);
	const UniqueFd guard = above_targets(guard_fd);
	if (!socket || !page || !guard) return {"fcntl", errno};

	SpawnAttributes attributes;
	attributes.keep_standard_streams();
	attributes.install(socket, kSocketFd);
	attributes.install(page, kPageFd);
	attributes.install(guard, kGuardFd);
	pid_t pid = 0;
	if (const int error = attributes.spawn(program, pid)) return {"posix_spawn", error};

	UniqueFd pidfd = open_pidfd(pid);
	if (!pidfd) {
		const int error = errno;
		::kill(pid, SIGKILL);
		wait_for_child(pid);
		return {"pidfd_open", error};
	}
	out = {pid, std::move(pidfd), std::move(ours), false};
	return {};
}

}  // namespace ospt
