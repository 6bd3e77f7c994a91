// SPDX-License-Identifier: MIT

#include "launcher/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

#include "core/proc_stat.h"
#include "launcher/syscall.h"

namespace ospt {
namespace {

// 0: there is no such process.
std::uint64_t start_time(pid_t pid) {
	char path[32] = "/proc/";
	std::size_t length = 6;
	char digits[12];
	int count = 0;
	for (auto rest = static_cast<unsigned>(pid); rest > 0; rest /= 10) {
		digits[count++] = static_cast<char>('0' + rest % 10);
	}
	while (count > 0) path[length++] = digits[--count];
	for (const char* tail = "/stat"; *tail != '\0'; ++tail) path[length++] = *tail;
	path[length] = '\0';

	const int fd = sys::open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return 0;
	char text[1024];
	const long size = sys::read(fd, text, sizeof text);
	sys::close(fd);
	return size > 0 ? parse_start_time(text, static_cast<std::size_t>(size)) : 0;
}

void kill_group(pid_t leader) {
	// No such group: the process was cloned, but has not come as far as its setpgid.
	if (sys::kill(-leader, SIGKILL) == -ESRCH) sys::kill(leader, SIGKILL);
}

}  // namespace

void kill_guarded_groups(int table_fd, const LaunchPage& page) {
	for (const LaunchSlot& slot : page.slots) {
		const pid_t pid = slot.pid.load();
		if (pid > 0 && slot.guarded.load() != 0) kill_group(pid);
	}
	struct stat table {};
	if (sys::fstat(table_fd, &table) < 0 || table.st_size == 0) return;
	const auto size = static_cast<std::size_t>(table.st_size);
	void* memory = sys::mmap(size, PROT_READ, MAP_SHARED, table_fd);
	if (sys::failed(memory)) return;
	const auto* entries = static_cast<const GuardEntry*>(memory);
	for (std::size_t i = 0; i < size / sizeof(GuardEntry); ++i) {
		const pid_t leader = entries[i].group.load();
		if (leader > 0 && start_time(leader) == entries[i].leader_start_time.load()) kill_group(leader);
	}
}

}  // namespace ospt
