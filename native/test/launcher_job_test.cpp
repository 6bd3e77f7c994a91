// SPDX-License-Identifier: MIT
//
// What a job finds when its program begins: nothing of the launcher, and nothing of the tracker.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>

#include "core/clock.h"
#include "support/deadline.h"
#include "support/files.h"
#include "support/launcher_harness.h"
#include "support/raw_launcher.h"

namespace ospt::test {
namespace {

class LauncherJob : public LauncherTest {
  protected:
	std::vector<std::string> told_by(const LaunchRequest& request) {
		EXPECT_EQ(launcher().run(with_output(request, dir_ / "out")), 0);
		return lines(read_file(dir_ / "out"));
	}

	TempDir dir_;
};

TEST_F(LauncherJob, ReportsItsSuccessByTheEndOfThePipeAndThePid) {
	auto launch = launcher().send(command({"/bin/true"}));
	const auto outcome = launcher().outcome(launch);
	EXPECT_FALSE(outcome.failure);
	EXPECT_GT(outcome.pid, 0);
	EXPECT_EQ(wait_for(outcome.pid), 0);
}

TEST_F(LauncherJob, HasArgumentsAndEnvironmentAsAsked) {
	LaunchRequest request =
		command({"/bin/sh", "-c", "printf '%s|' \"$@\"; env | sort", "sh", "a", "", "b c"});
	request.env = {"PATH=/usr/bin:/bin", "EMPTY=", "TEXT=x y"};
	const auto told = told_by(request);
	ASSERT_GE(told.size(), 3U);
	EXPECT_EQ(told[0], "a||b c|EMPTY=");
	EXPECT_NE(std::find(told.begin(), told.end(), "TEXT=x y"), told.end());
}

TEST_F(LauncherJob, HasNoDescriptorButItsThreeStreams) {
	// Neither one that the tracker forgot to close on exec.
	const UniqueFd leaked(::open("/dev/null", O_RDONLY));  // NOLINT(android-cloexec-open)
	LauncherHarness fresh;
	ASSERT_EQ(fresh.run(with_output(probe({"descriptors"}), dir_ / "out")), 0);
	EXPECT_EQ(lines(read_file(dir_ / "out")), (std::vector<std::string>{"0", "1", "2"}));
}

TEST_F(LauncherJob, HasNoDescriptorOfABigRequest) {
	std::vector<std::string> argv = {"descriptors"};
	argv.resize(60, std::string(1000, 'x'));
	std::vector<std::string> told = told_by(probe(argv));
	EXPECT_EQ(told, (std::vector<std::string>{"0", "1", "2"}));
}

// Kernels before 5.11 cannot do close_range(CLOSE_RANGE_CLOEXEC): there this is all that keeps the launcher's
// socket and memory from the jobs.
TEST_F(LauncherJob, CannotInheritADescriptorOfItsLauncher) {
	ASSERT_EQ(launcher().run(command({"/bin/true"})), 0);  // the launcher has set itself up
	const std::string info = "/proc/" + std::to_string(launcher().pid()) + "/fdinfo/";
	for (int fd = kSocketFd; fd < kTrackerStreamFd + 3; ++fd) {
		const std::string flags = field(read_file(info + std::to_string(fd)), "flags:");
		EXPECT_NE(::strtol(flags.c_str(), nullptr, 8) & O_CLOEXEC, 0) << "descriptor " << fd << ": " << flags;
	}
}

TEST_F(LauncherJob, HasDefaultSignalHandlersAndAnEmptyMask) {
	struct sigaction ignore {};
	struct sigaction before {};
	ignore.sa_handler = SIG_IGN;
	::sigaction(SIGPIPE, &ignore, &before);
	sigset_t blocked;
	sigset_t mask;
	::sigemptyset(&blocked);
	::sigaddset(&blocked, SIGUSR1);
	::pthread_sigmask(SIG_BLOCK, &blocked, &mask);
	LauncherHarness fresh;
	::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
	::sigaction(SIGPIPE, &before, nullptr);

	ASSERT_EQ(fresh.run(with_output(command({"/bin/cat", "/proc/self/status"}), dir_ / "out")), 0);
	const std::string status = read_file(dir_ / "out");
	for (const char* name : {"SigBlk:", "SigIgn:", "SigCgt:", "SigPnd:", "ShdPnd:"}) {
		EXPECT_EQ(field(status, name), "0000000000000000") << name;
	}
}

TEST_F(LauncherJob, LeadsAProcessGroupInTheSessionOfTheTracker) {
	LaunchRequest request = with_output(probe({"group"}), dir_ / "out");
	const pid_t pid = launcher().start(request);
	EXPECT_EQ(wait_for(pid), 0);
	const std::string number = std::to_string(pid);
	EXPECT_EQ(read_file(dir_ / "out"), number + " " + number + " " + std::to_string(::getsid(0)) + "\n");
}

TEST_F(LauncherJob, IsAChildOfTheTracker) {
	const pid_t pid = launcher().start(with_output(shell("echo $PPID"), dir_ / "out"));
	EXPECT_EQ(wait_for(pid), 0);
	EXPECT_EQ(read_file(dir_ / "out"), std::to_string(::getpid()) + "\n");
}

TEST_F(LauncherJob, HasTheDescriptorLimitThatTheTrackerWasStartedWith) {
	RawLauncher raw(321);
	const UniqueFd report = raw.send(with_output(probe({"descriptor-limit"}), dir_ / "out"));
	require_eventually("a job", [&] { return raw.slot(0).pid.load() > 0; });
	EXPECT_EQ(wait_for(raw.slot(0).pid.load()), 0);
	EXPECT_EQ(read_file(dir_ / "out"), "321\n");
}

TEST_F(LauncherJob, HasADispatchTimeBetweenRequestAndReport) {
	const std::int64_t before = monotonic_ns();
	auto launch = launcher().send(command({"/bin/true"}));
	require_eventually("a report", [&] { return launcher().reported(launch); });
	const std::int64_t dispatched = launcher().link().slot(launch.slot).dispatched_ns.load();
	EXPECT_GE(dispatched, before);
	EXPECT_LE(dispatched, monotonic_ns());
	wait_for(launcher().outcome(launch).pid);
}

}  // namespace
}  // namespace ospt::test
