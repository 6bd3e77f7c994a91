// SPDX-License-Identifier: MIT
//
// What the launcher does to guarded groups when Node is gone. The groups here are made by the test itself.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "support/deadline.h"
#include "support/processes.h"
#include "support/raw_launcher.h"

namespace ospt::test {
namespace {

class LauncherGuard : public CleanTest {
  protected:
	void SetUp() override {
		CleanTest::SetUp();
		launcher_.emplace();
		group_ = start_bystander({"/bin/sleep", "600"});
	}
	void TearDown() override {
		launcher_.reset();
		CleanTest::TearDown();
	}
	void launcher_sees_the_end_of_node() {
		launcher_->close_socket();
		EXPECT_EQ(launcher_->end(), 0);
	}
	void overwrite_start_time(std::uint64_t time) {
		void* memory = ::mmap(nullptr, sizeof(GuardEntry), PROT_READ | PROT_WRITE, MAP_SHARED,
							  launcher_->guard().fd(), 0);
		ASSERT_NE(memory, MAP_FAILED);
		static_cast<GuardEntry*>(memory)->leader_start_time.store(time);
		::munmap(memory, sizeof(GuardEntry));
	}
	void expect_killed() {
		const int status = wait_for(group_);
		EXPECT_TRUE(WIFSIGNALED(status));
		EXPECT_EQ(WTERMSIG(status), SIGKILL);
	}
	// The launcher has ended: whatever it was going to send has been sent, and SIGKILL takes effect at once.
	void expect_spared() {
		::kill(group_, SIGTERM);
		const int status = wait_for(group_);
		EXPECT_EQ(WTERMSIG(status), SIGTERM);
	}

	std::optional<RawLauncher> launcher_;
	pid_t group_ = 0;
};

TEST_F(LauncherGuard, KillsTheGroupsOfTheTable) {
	launcher_->guard().add(group_);
	launcher_sees_the_end_of_node();
	expect_killed();
}

TEST_F(LauncherGuard, KillsTheWholeGroup) {
	// The member of the group that is not its leader holds the pipe's write end: it closes when that one
	// dies.
	::kill(group_, SIGKILL);
	wait_for(group_);
	int pipe[2];
	ASSERT_EQ(::pipe(pipe), 0);
	const UniqueFd reading(pipe[0]);
	UniqueFd writing(pipe[1]);
	group_ = start_bystander({"/bin/sh", "-c", "sleep 600 & echo x >&" + std::to_string(pipe[1]) + "; wait"});
	writing.reset();
	char text[8];
	ASSERT_EQ(::read(reading.get(), text, sizeof text), 2);
	launcher_->guard().add(group_);
	launcher_sees_the_end_of_node();
	expect_killed();
	EXPECT_EQ(::read(reading.get(), text, sizeof text), 0);
}

TEST_F(LauncherGuard, KillsEveryGroupOfATableThatHasGrown) {
	ASSERT_FALSE(launcher_->guard().reserve(1000));
	std::vector<pid_t> others;
	for (int i = 0; i < 3; ++i) others.push_back(start_bystander({"/bin/sleep", "600"}));
	for (int i = 0; i < 299; ++i) launcher_->guard().add(group_);
	for (const pid_t pid : others) launcher_->guard().add(pid);
	launcher_sees_the_end_of_node();
	expect_killed();
	for (const pid_t pid : others) EXPECT_EQ(WTERMSIG(wait_for(pid)), SIGKILL);
}

TEST_F(LauncherGuard, SparesGroupsThatWereRemoved) {
	launcher_->guard().remove(launcher_->guard().add(group_));
	launcher_sees_the_end_of_node();
	expect_spared();
}

TEST_F(LauncherGuard, SparesAGroupWhoseLeaderIsAnotherProcess) {
	launcher_->guard().add(group_);
	// The leader was given the number of one that has ended: it started at another time.
	overwrite_start_time(1);
	launcher_sees_the_end_of_node();
	expect_spared();
}

TEST_F(LauncherGuard, SparesAGroupWhoseStartTimeIsNotKnown) {
	launcher_->guard().add(group_);
	overwrite_start_time(0);
	launcher_sees_the_end_of_node();
	expect_spared();
}

TEST_F(LauncherGuard, SparesAllGroupsWhenItIsRetired) {
	launcher_->guard().add(group_);
	launcher_->send_retire();
	EXPECT_EQ(launcher_->end(), 0);
	expect_spared();
}

TEST_F(LauncherGuard, KillsAGuardedLaunchThatIsUnderWay) {
	launcher_->slot(4095).pid.store(group_);
	launcher_->slot(4095).guarded.store(1);
	launcher_sees_the_end_of_node();
	expect_killed();
}

TEST_F(LauncherGuard, SparesALaunchUnderWayThatIsNotGuarded) {
	launcher_->slot(0).pid.store(group_);
	launcher_sees_the_end_of_node();
	expect_spared();
}

TEST_F(LauncherGuard, SparesAllGroupsWhenTheLauncherIsKilled) {
	launcher_->guard().add(group_);
	::kill(launcher_->pid(), SIGKILL);
	EXPECT_EQ(WTERMSIG(launcher_->end()), SIGKILL);
	expect_spared();
}

}  // namespace
}  // namespace ospt::test
