// SPDX-License-Identifier: MIT

#include "engine/guard_table.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "core/proc_stat.h"
#include "core/unique_fd.h"

namespace ospt {
namespace {

// 0 when it cannot be read: the launcher then finds no process of that start time, and kills nobody.
std::uint64_t start_time(pid_t pid) {
	const std::string path = "/proc/" + std::to_string(pid) + "/stat";
	const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
	if (!fd) return 0;
	char text[1024];
	const ssize_t size = ::read(fd.get(), text, sizeof text);
	return size > 0 ? parse_start_time(text, static_cast<std::size_t>(size)) : 0;
}

}  // namespace

SystemError GuardTable::reserve(std::size_t entries) {
	std::size_t wanted = capacity();
	while (wanted < entries) wanted *= 2;
	if (wanted == capacity()) return {};
	return memory_.resize("ospt-guard", wanted * sizeof(GuardEntry));
}

std::size_t GuardTable::add(pid_t leader) {
	std::size_t index = used_;
	if (free_.empty()) {
		++used_;
	} else {
		index = free_.back();
		free_.pop_back();
	}
	entry(index).leader_start_time.store(start_time(leader));
	entry(index).group.store(leader);
	return index;
}

void GuardTable::remove(std::size_t index) {
	entry(index).group.store(0);
	free_.push_back(index);
}

}  // namespace ospt
