// SPDX-License-Identifier: MIT
//
// Big requests, and the small launcher.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>

#include "support/files.h"
#include "support/launcher_harness.h"

namespace ospt::test {
namespace {

class LauncherSize : public LauncherTest {
  protected:
	void expect_arguments_arrive(std::size_t count, std::size_t length) {
		std::vector<std::string> argv = {"arguments"};
		for (std::size_t i = 0; i < count; ++i) argv.emplace_back(length, 'x');
		ASSERT_EQ(launcher().run(with_output(probe(argv), dir_ / "out")), 0);
		EXPECT_EQ(read_file(dir_ / "out"),
				  std::to_string(count) + " " + std::to_string(count * length) + "\n");
	}
	long kilobytes(const char* what) {
		const std::string status = read_file("/proc/" + std::to_string(launcher().pid()) + "/status");
		return ::strtol(field(status, what).c_str(), nullptr, 10);
	}

	TempDir dir_;
};

TEST_F(LauncherSize, TakesRequestsOnBothSidesOfThePacketSize) {
	// The rest of the request is far below 2,000 bytes.
	for (std::size_t length = kPacketBytes - 2000; length < kPacketBytes + 100; length += 50) {
		expect_arguments_arrive(1, length);
	}
}

TEST_F(LauncherSize, TakesArgumentsNearTheKernelsLimit) {
	rlimit stack{};
	ASSERT_EQ(::getrlimit(RLIMIT_STACK, &stack), 0);
	// A quarter of the stack, 6 MiB at most; the pointers count too.
	const std::size_t limit = std::min<std::size_t>(stack.rlim_cur / 4, 6 * 1024 * 1024);
	expect_arguments_arrive((limit - 16 * 1024) / 100'016, 100'000);
}

TEST_F(LauncherSize, TakesManySmallArguments) {
	expect_arguments_arrive(60'000, 10);
}

TEST_F(LauncherSize, StaysUnderOneMegabyteForLife) {
	const LaunchRequest small = command({"/bin/true"});
	const LaunchRequest big = command({"/bin/true", std::string(100'000, 'x'), std::string(100'000, 'x')});
	for (int i = 0; i < 2000; ++i) ASSERT_EQ(launcher().run(i % 50 == 0 ? big : small), 0);
	EXPECT_GT(kilobytes("VmHWM:"), 0);
	EXPECT_LT(kilobytes("VmHWM:"), 1024);
}

// wait4 folds the peak before exec into the job's: what the launcher has, every job is said to have.
TEST_F(LauncherSize, AddsNothingToThePeakMemoryOfAJob) {
	const pid_t pid = launcher().start(command({"/bin/true"}));
	int status = 0;
	rusage usage{};
	ASSERT_EQ(::wait4(pid, &status, 0, &usage), pid);
	EXPECT_LT(usage.ru_maxrss, 2560);
}

}  // namespace
}  // namespace ospt::test
