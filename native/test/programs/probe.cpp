// SPDX-License-Identifier: MIT
//
// probe: a job that tells about itself on standard output, or behaves in a way that a shell cannot.

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

int list_descriptors() {
	DIR* dir = ::opendir("/proc/self/fd");
	if (dir == nullptr) return 1;
	while (const dirent* entry = ::readdir(dir)) {
		if (entry->d_name[0] == '.' || std::atoi(entry->d_name) == ::dirfd(dir)) continue;
		std::printf("%s\n", entry->d_name);
	}
	::closedir(dir);
	return 0;
}

int count_arguments(int argc, char** argv) {
	std::size_t bytes = 0;
	for (int i = 2; i < argc; ++i) bytes += std::strlen(argv[i]);
	std::printf("%d %zu\n", argc - 2, bytes);
	return 0;
}

long user_milliseconds() {
	rusage usage{};
	::getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000;
}

int burn(long milliseconds) {
	while (user_milliseconds() < milliseconds) {
		for (volatile int i = 0; i < 100000;) i = i + 1;
	}
	return 0;
}

int descriptor_limit() {
	rlimit limit{};
	::getrlimit(RLIMIT_NOFILE, &limit);
	std::printf("%llu\n", static_cast<unsigned long long>(limit.rlim_cur));
	return 0;
}

int group() {
	std::printf("%d %d %d\n", ::getpid(), ::getpgrp(), ::getsid(0));
	return 0;
}

// Exits with 7 on SIGUSR1; a process that is stopped would not.
int ignore_stops(const char* ready_file) {
	::signal(SIGTSTP, SIG_IGN);
	::signal(SIGUSR1, [](int) { ::_exit(7); });
	std::fclose(std::fopen(ready_file, "w"));
	for (;;) ::pause();
}

}  // namespace

int main(int argc, char** argv) {
	const std::string what = argc > 1 ? argv[1] : "";
	if (what == "descriptors") return list_descriptors();
	if (what == "arguments") return count_arguments(argc, argv);
	if (what == "burn" && argc > 2) return burn(std::atol(argv[2]));
	if (what == "descriptor-limit") return descriptor_limit();
	if (what == "group") return group();
	if (what == "ignore-stops" && argc > 2) return ignore_stops(argv[2]);
	return 99;
}
