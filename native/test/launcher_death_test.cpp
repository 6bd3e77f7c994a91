// SPDX-License-Identifier: MIT
//
// Launches that are cancelled, and launchers that die.

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "support/deadline.h"
#include "support/files.h"
#include "support/launcher_harness.h"
#include "support/raw_launcher.h"

namespace ospt::test {
namespace {

class LauncherDeath : public LauncherTest {
  protected:
	void stop_launcher() {
		::kill(launcher().pid(), SIGSTOP);
		require_eventually("a stopped launcher", [this] { return process_state(launcher().pid()) == 'T'; });
	}
	void kill_launcher() {
		const pid_t pid = launcher().pid();
		::kill(pid, SIGKILL);
		require_eventually("a dead launcher", [pid] { return process_state(pid) == 'Z'; });
		launcher().link().launcher_ended(pid);
	}
	// A job that cannot come to its exec before somebody opens the FIFO for writing.
	LauncherLink::Launch send_blocked() {
		auto launch = launcher().send(with_input(command({"/bin/true"}), make_fifo(dir_ / "fifo")));
		require_eventually("a process", [&] { return launcher().link().slot(launch.slot).pid.load() > 0; });
		const pid_t pid = launcher().link().slot(launch.slot).pid.load();
		require_eventually("a blocked process",
						   [pid] { return process_state(pid) == 'S' && ::getpgid(pid) == pid; });
		return launch;
	}
	UniqueFd open_fifo() { return UniqueFd(::open((dir_ / "fifo").c_str(), O_RDWR | O_CLOEXEC)); }

	TempDir dir_;
};

TEST_F(LauncherDeath, NeverExecutesACancelledLaunch) {
	stop_launcher();
	auto launch = launcher().send(with_output(shell("echo ran"), dir_ / "out"));
	launcher().link().slot(launch.slot).cancelled.store(1);
	::kill(launcher().pid(), SIGCONT);
	const auto outcome = launcher().outcome(launch);
	ASSERT_TRUE(outcome.failure);
	EXPECT_EQ(*outcome.failure, (LaunchFailure{LaunchStage::Cancelled, ECANCELED}));
	EXPECT_EQ(outcome.pid, 0);
	EXPECT_FALSE(std::filesystem::exists(dir_ / "out"));
}

TEST_F(LauncherDeath, ShowsQueuedRequestsAsEndsWithoutAPid) {
	stop_launcher();
	std::vector<LauncherLink::Launch> launches;
	for (int i = 0; i < 10; ++i) launches.push_back(launcher().send(command({"/bin/true"})));
	kill_launcher();
	for (auto& launch : launches) {
		const auto outcome = launcher().outcome(launch);
		EXPECT_FALSE(outcome.failure);
		EXPECT_EQ(outcome.pid, 0);
	}
}

// A process between clone and exec has copies of the launcher's descriptors. If the socket is among them, the
// requests in it, and their report pipes, live as long as that process.
TEST_F(LauncherDeath, ShowsQueuedRequestsAlsoWhileAnotherLaunchIsBlocked) {
	auto blocked = send_blocked();
	stop_launcher();
	auto queued = launcher().send(command({"/bin/true"}));
	kill_launcher();
	EXPECT_TRUE(eventually([&] { return launcher().reported(queued); }, std::chrono::seconds(3)))
		<< "the blocked process holds the request";
	const UniqueFd writing = open_fifo();
	EXPECT_EQ(launcher().outcome(queued).pid, 0);
	const auto outcome = launcher().outcome(blocked);
	ASSERT_GT(outcome.pid, 0);
	EXPECT_EQ(wait_for(outcome.pid), 0);
}

TEST_F(LauncherDeath, DoesNotTouchALaunchThatHasItsProcess) {
	auto blocked = send_blocked();
	kill_launcher();
	const UniqueFd writing = open_fifo();
	const auto outcome = launcher().outcome(blocked);
	EXPECT_FALSE(outcome.failure);
	ASSERT_GT(outcome.pid, 0);
	EXPECT_EQ(wait_for(outcome.pid), 0) << "the program ran to its end";
}

TEST_F(LauncherDeath, IsFollowedByANewLauncher) {
	const pid_t first = launcher().pid();
	kill_launcher();
	EXPECT_EQ(launcher().run(command({"/bin/true"})), 0);
	EXPECT_NE(launcher().pid(), first);
}

TEST_F(LauncherDeath, IsNoticedByTheNextRequest) {
	const pid_t first = launcher().pid();
	::kill(first, SIGKILL);
	require_eventually("a dead launcher", [first] { return process_state(first) == 'Z'; });
	// Nobody has told the link.
	EXPECT_EQ(launcher().run(command({"/bin/true"})), 0);
	EXPECT_NE(launcher().pid(), first);
	launcher().link().launcher_ended(first);
}

TEST_F(LauncherDeath, ComesWhenTheSocketCloses) {
	RawLauncher raw;
	raw.close_socket();
	const int status = raw.end();
	EXPECT_TRUE(WIFEXITED(status));
	EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(LauncherDeath, ComesAfterTheRequestsThatWereSentBefore) {
	RawLauncher raw;
	const UniqueFd report = raw.send(with_output(shell("echo ran"), dir_ / "out"));
	raw.close_socket();
	EXPECT_EQ(WEXITSTATUS(raw.end()), 0);
	const pid_t pid = raw.slot(0).pid.load();
	ASSERT_GT(pid, 0);
	EXPECT_EQ(wait_for(pid), 0);
	EXPECT_EQ(read_file(dir_ / "out"), "ran\n");
}

TEST_F(LauncherDeath, IsNotCausedByARequestThatNoLauncherUnderstands) {
	RawLauncher raw;
	const UniqueFd report = raw.send_bytes(std::vector<char>(100, 'x'));
	LaunchFailure failure;
	ASSERT_EQ(::read(report.get(), &failure, sizeof failure), static_cast<ssize_t>(sizeof failure));
	EXPECT_EQ(failure, (LaunchFailure{LaunchStage::Request, EPROTO}));
	EXPECT_NE(process_state(raw.pid()), 'Z');
}

}  // namespace
}  // namespace ospt::test
