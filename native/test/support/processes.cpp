// SPDX-License-Identifier: MIT

#include "support/processes.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "support/deadline.h"
#include "support/files.h"

namespace ospt::test {
namespace {

// What follows the command's name in /proc/PID/stat: "S 1 ...".
std::string stat_tail(pid_t pid) {
	const std::string text = read_file("/proc/" + std::to_string(pid) + "/stat");
	const auto end = text.rfind(") ");
	return end == std::string::npos ? "" : text.substr(end + 2);
}

pid_t parent_of(pid_t pid) {
	const std::string tail = stat_tail(pid);
	return tail.size() > 2 ? static_cast<pid_t>(::strtol(tail.c_str() + 2, nullptr, 10)) : 0;
}

std::vector<std::string> entries(const char* directory) {
	std::vector<std::string> names;
	DIR* dir = ::opendir(directory);
	if (dir == nullptr) return names;
	while (const dirent* entry = ::readdir(dir)) {
		if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
	}
	::closedir(dir);
	return names;
}

}  // namespace

char process_state(pid_t pid) {
	const std::string tail = stat_tail(pid);
	return tail.empty() ? '-' : tail[0];
}

bool process_exists(pid_t pid) {
	return process_state(pid) != '-';
}

bool process_lives(pid_t pid) {
	const char state = process_state(pid);
	return state != '-' && state != 'Z' && state != 'X';
}

std::string command_name(pid_t pid) {
	std::string name = read_file("/proc/" + std::to_string(pid) + "/comm");
	while (!name.empty() && name.back() == '\n') name.pop_back();
	return name;
}

std::vector<pid_t> children() {
	std::vector<pid_t> pids;
	for (const std::string& name : entries("/proc")) {
		const auto pid = static_cast<pid_t>(::strtol(name.c_str(), nullptr, 10));
		if (pid > 0 && parent_of(pid) == ::getpid()) pids.push_back(pid);
	}
	return pids;
}

std::vector<pid_t> launchers() {
	std::vector<pid_t> pids;
	for (const pid_t pid : children()) {
		if (command_name(pid) == "os-process-laun" && process_state(pid) != 'Z') pids.push_back(pid);
	}
	return pids;
}

pid_t only_launcher() {
	const std::vector<pid_t> found = launchers();
	if (found.size() != 1) throw std::runtime_error(std::to_string(found.size()) + " launchers, not one");
	return found[0];
}

std::size_t open_descriptors() {
	return entries("/proc/self/fd").size() - 1;  // without the one that lists them
}

bool has_children() {
	siginfo_t info{};
	return ::waitid(P_ALL, 0, &info, WNOHANG | WNOWAIT | WEXITED) == 0 || errno != ECHILD;
}

int wait_for(pid_t pid) {
	int status = 0;
	require_eventually("the end of process " + std::to_string(pid), [&] {
		const pid_t waited = ::waitpid(pid, &status, WNOHANG);
		if (waited < 0) throw std::runtime_error("waitpid: not our child any more");
		return waited == pid;
	});
	return status;
}

pid_t start_bystander(const std::vector<std::string>& argv) {
	std::vector<char*> pointers;
	pointers.reserve(argv.size() + 1);
	for (const std::string& argument : argv) pointers.push_back(const_cast<char*>(argument.c_str()));
	pointers.push_back(nullptr);
	posix_spawnattr_t attributes;
	::posix_spawnattr_init(&attributes);
	::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	::posix_spawnattr_setpgroup(&attributes, 0);
	pid_t pid = 0;
	const int error = ::posix_spawn(&pid, argv[0].c_str(), nullptr, &attributes, pointers.data(), environ);
	::posix_spawnattr_destroy(&attributes);
	if (error != 0) throw std::runtime_error("posix_spawn failed");
	return pid;
}

void CleanTest::SetUp() {
	descriptors_before_ = open_descriptors();
	ASSERT_FALSE(has_children());
}

void CleanTest::TearDown() {
	// An engine's thread ends some time after the engine.
	EXPECT_TRUE(eventually([] { return !has_children(); })) << "a child is left";
	EXPECT_TRUE(eventually([this] { return open_descriptors() == descriptors_before_; }))
		<< open_descriptors() << " descriptors, " << descriptors_before_ << " at the start";
	for (const pid_t pid : children()) {
		::kill(pid, SIGKILL);
		::waitpid(pid, nullptr, 0);
	}
}

}  // namespace ospt::test
