// SPDX-License-Identifier: MIT

#include "engine/reaper.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include "engine/pidfd.h"
#include "support/deadline.h"
#include "support/processes.h"

namespace ospt {
namespace {

class ReaperTest : public test::CleanTest {};

void wait_until_zombie(pid_t pid) {
	test::require_eventually("a zombie", [pid] { return test::process_state(pid) == 'Z'; });
}

TEST_F(ReaperTest, SaysNothingOfAProcessThatRuns) {
	const pid_t pid = test::start_bystander({"/bin/sleep", "600"});
	EXPECT_FALSE(reap(pid, -1));
	::kill(pid, SIGKILL);
	wait_until_zombie(pid);
	const auto record = reap(pid, -1);
	ASSERT_TRUE(record);
	EXPECT_EQ(record->pid, pid);
	EXPECT_TRUE(WIFSIGNALED(record->status));
	EXPECT_TRUE(record->usage_known);
	EXPECT_TRUE(record->status_known);
}

TEST_F(ReaperTest, LeavesTheChildrenOfOthersWaitable) {
	const pid_t other = test::start_bystander({"/bin/false"});
	const pid_t ours = test::start_bystander({"/bin/true"});
	wait_until_zombie(other);
	wait_until_zombie(ours);
	EXPECT_TRUE(reap(ours, -1));
	const int status = test::wait_for(other);
	EXPECT_EQ(WEXITSTATUS(status), 1);
}

TEST_F(ReaperTest, KnowsWhatItDoesNotKnowWhenSomebodyElseHasWaited) {
	const pid_t pid = test::start_bystander({"/bin/true"});
	test::wait_for(pid);
	const auto record = reap(pid, -1);
	ASSERT_TRUE(record);
	EXPECT_FALSE(record->usage_known);
	EXPECT_FALSE(record->status_known);
}

TEST_F(ReaperTest, AsksThePidfdForTheStatusWhenSomebodyElseHasWaited) {
	const pid_t pid = test::start_bystander({"/bin/sh", "-c", "exit 42"});
	const UniqueFd pidfd = open_pidfd(pid);
	ASSERT_TRUE(pidfd);
	test::wait_for(pid);
	if (!reaped_status(pidfd.get())) GTEST_SKIP() << "the kernel has no PIDFD_GET_INFO with the exit status";
	const auto record = reap(pid, pidfd.get());
	ASSERT_TRUE(record);
	EXPECT_FALSE(record->usage_known);
	EXPECT_TRUE(record->status_known);
	EXPECT_EQ(WEXITSTATUS(record->status), 42);
}

}  // namespace
}  // namespace ospt
