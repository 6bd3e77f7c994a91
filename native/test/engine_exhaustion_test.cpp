// SPDX-License-Identifier: MIT
//
// No descriptor to be had: jobs that run are not lost, jobs that wait go on waiting, others are refused.

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "support/engine_harness.h"

namespace ospt::test {
namespace {

class EngineExhaustion : public EngineTest {
  protected:
	void SetUp() override {
		EngineTest::SetUp();
		engine().ended(engine().submit(command({"/bin/true"})));  // the launcher is there
		::getrlimit(RLIMIT_NOFILE, &limit_);
	}
	void TearDown() override {
		allow();
		EngineTest::TearDown();
	}
	// New descriptors are refused from here on; those that are open stay.
	void exhaust() {
		rlimit none = limit_;
		none.rlim_cur = 3;
		::setrlimit(RLIMIT_NOFILE, &none);
	}
	void allow() { ::setrlimit(RLIMIT_NOFILE, &limit_); }

  private:
	rlimit limit_{};
};

TEST_F(EngineExhaustion, RefusesAJobWhoseUserWasToldNothingYet) {
	exhaust();
	const JobKey refused = engine().submit(command({"/bin/true"}));
	const LaunchFailure failure = engine().await<LaunchFailed>(refused).failure;
	EXPECT_EQ(failure.stage, LaunchStage::Launcher);
	EXPECT_EQ(failure.error, EMFILE);
	allow();
	EXPECT_EQ(engine().status(engine().submit(command({"/bin/true"}))), 0);
}

TEST_F(EngineExhaustion, LetsAJobThatIsKnownToWaitGoOnWaiting) {
	engine().open_queue(2, 1);
	const JobKey running = engine().submit(sleeper(), 2);
	const JobKey waiting = engine().submit(command({"/bin/true"}), 2);
	engine().await<Queued>(waiting);
	engine().pid(running);
	exhaust();
	engine().control(running, ControlAction::Terminate);
	engine().ended(running);
	// Two turns of the command round: the launch has been tried.
	engine().control(waiting, ControlAction::Release);
	EXPECT_FALSE(engine().find<LaunchFailed>(waiting));
	allow();
	EXPECT_EQ(engine().status(waiting), 0);
	EXPECT_EQ(engine().count<Queued>(waiting), 1U);
}

// The user was told that the job is held, hence that it waits. (Submission and hold come to the engine in one
// batch: nothing else has told him.)
TEST_F(EngineExhaustion, LetsAJobThatWasHeldAtOnceWaitAfterItsRelease) {
	engine().close_gate();
	engine().submit(command({"/bin/true"}), 1, true);
	engine().wait_at_gate();
	const JobKey job = engine().submit(command({"/bin/true"}));
	const std::uint32_t token = engine().post_control(job, ControlAction::Hold);
	engine().open_gate();
	EXPECT_EQ(engine().await<ControlDone>(job).token, token);
	EXPECT_TRUE(engine().await<Queued>(job).held);
	exhaust();
	EXPECT_EQ(engine().control(job, ControlAction::Release), ControlResult::Done);
	EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::WrongState) << "it does not wait";
	allow();
	if (engine().find<LaunchFailed>(job)) {
		ADD_FAILURE() << "it was refused";
	} else {
		EXPECT_EQ(engine().status(job), 0);
	}
}

TEST_F(EngineExhaustion, LosesNoJobThatRuns) {
	const JobKey first = engine().submit(sleeper());
	const JobKey second = engine().submit(sleeper());
	engine().pid(first);
	engine().pid(second);
	exhaust();
	engine().control(first, ControlAction::Terminate);
	EXPECT_EQ(WTERMSIG(engine().status(first)), SIGKILL);
	allow();
	engine().control(second, ControlAction::Terminate);
	EXPECT_EQ(WTERMSIG(engine().status(second)), SIGKILL);
}

// Launched while descriptors were to be had, dispatched when there were none: there is no pidfd.
TEST_F(EngineExhaustion, WaitsForAJobWithoutAPidfd) {
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	const JobKey job = engine().submit(shell("exit 9"));
	engine().require_launching(job);
	exhaust();
	::kill(launcher, SIGCONT);
	const ExitRecord record = engine().ended(job);
	EXPECT_EQ(WEXITSTATUS(record.status), 9);
	EXPECT_TRUE(record.usage_known);
}

TEST_F(EngineExhaustion, WatchesAJobThatWasWithoutAPidfdOnceThereIsOneToBeHad) {
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	const JobKey job = engine().submit(sleeper());
	engine().require_launching(job);
	exhaust();
	::kill(launcher, SIGCONT);
	engine().pid(job);
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Done);
	engine().await<Stopped>(job);
	allow();
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
	EXPECT_EQ(WTERMSIG(engine().status(job)), SIGKILL);
}

}  // namespace
}  // namespace ospt::test
