// SPDX-License-Identifier: MIT
//
// Control of jobs that wait, that are being launched, and that have ended.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineControl : public EngineTest {
  protected:
	// A job that is known to its user to wait, because its queue is full.
	JobKey submit_waiting(LaunchRequest request) {
		engine().open_queue(2, 1);
		running_ = engine().submit(sleeper(), 2);
		const JobKey job = engine().submit(std::move(request), 2);
		EXPECT_FALSE(engine().await<Queued>(job).held);
		engine().pid(running_);
		return job;
	}
	void terminate(const JobKey& job) {
		EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
		engine().ended(job);
	}
	// The only child that is between clone and exec, once it is blocked there.
	pid_t blocked_launch(pid_t launcher) {
		pid_t found = 0;
		require_eventually("a blocked launch", [&] {
			for (const pid_t pid : launchers()) {
				if (pid != launcher && process_state(pid) == 'S' && ::getpgid(pid) == pid) found = pid;
			}
			return found > 0;
		});
		return found;
	}

	TempDir dir_;
	JobKey running_;
};

TEST_F(EngineControl, CancelsAJobThatWaits) {
	const JobKey job = submit_waiting(with_output(shell("echo ran"), dir_ / "out"));
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
	engine().await<Cancelled>(job);
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::NoSuchJob);
	terminate(running_);
	engine().ended(engine().submit(command({"/bin/true"}), 2));
	EXPECT_FALSE(std::filesystem::exists(dir_ / "out"));
	EXPECT_EQ(engine().count<Cancelled>(job), 1U);
}

TEST_F(EngineControl, WithdrawsAJobThatWaitsWithoutAWord) {
	const JobKey job = submit_waiting(command({"/bin/true"}));
	EXPECT_EQ(engine().control(job, ControlAction::Withdraw), ControlResult::Done);
	EXPECT_EQ(engine().control(running_, ControlAction::Withdraw), ControlResult::WrongState);
	terminate(running_);
	engine().ended(engine().submit(command({"/bin/true"}), 2));
	EXPECT_EQ(engine().count<Cancelled>(job) + engine().count<Dispatched>(job), 0U);
}

TEST_F(EngineControl, RefusesSignalsToAJobThatWaits) {
	const JobKey job = submit_waiting(command({"/bin/true"}));
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::WrongState);
	EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::WrongState);
	EXPECT_EQ(engine().control(job, ControlAction::Release), ControlResult::WrongState);
	terminate(running_);
	EXPECT_EQ(engine().status(job), 0);
}

TEST_F(EngineControl, HoldsAJobThatWaitsUntilItIsReleased) {
	const JobKey job = submit_waiting(command({"/bin/true"}));
	EXPECT_EQ(engine().control(job, ControlAction::Hold), ControlResult::Done);
	EXPECT_EQ(engine().control(job, ControlAction::Hold), ControlResult::WrongState);
	terminate(running_);
	engine().ended(engine().submit(command({"/bin/true"}), 2));  // passes by
	EXPECT_EQ(engine().count<Dispatched>(job), 0U);
	EXPECT_EQ(engine().control(job, ControlAction::Release), ControlResult::Done);
	EXPECT_EQ(engine().status(job), 0);
	EXPECT_EQ(engine().count<Queued>(job), 3U);  // waits, held, released
}

TEST_F(EngineControl, RunsAJobThatWasSubmittedHeldAfterItsRelease) {
	const JobKey job = engine().submit(command({"/bin/true"}), 1, true);
	EXPECT_TRUE(engine().await<Queued>(job).held);
	engine().ended(engine().submit(command({"/bin/true"})));
	EXPECT_EQ(engine().count<Dispatched>(job), 0U);
	EXPECT_EQ(engine().control(job, ControlAction::Release), ControlResult::Done);
	EXPECT_EQ(engine().status(job), 0);
}

TEST_F(EngineControl, RefusesToHoldAJobThatRuns) {
	const JobKey job = engine().submit(sleeper());
	engine().pid(job);
	EXPECT_EQ(engine().control(job, ControlAction::Hold), ControlResult::WrongState);
	EXPECT_EQ(engine().control(job, ControlAction::Release), ControlResult::WrongState);
	terminate(job);
}

TEST_F(EngineControl, KnowsNoJobThatHasEndedOrNeverWas) {
	const JobKey job = engine().submit(command({"/bin/true"}));
	engine().ended(job);
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::NoSuchJob);
	EXPECT_EQ(engine().control({1, 0, 999}, ControlAction::Suspend), ControlResult::NoSuchJob);
	EXPECT_EQ(engine().control({1, 3, job.job}, ControlAction::Suspend), ControlResult::NoSuchJob);
}

TEST_F(EngineControl, TerminatesAJobWhoseLaunchIsBlocked) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t launcher = only_launcher();
	const JobKey job = engine().submit(with_input(command({"/bin/true"}), make_fifo(dir_ / "fifo")));
	const pid_t pid = blocked_launch(launcher);
	EXPECT_EQ(engine().control(job, ControlAction::Hold), ControlResult::Starting);
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Starting);
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
	engine().require([&] {
		return engine().count<Ended>(job) + engine().count<Cancelled>(job) +
				   engine().count<LaunchFailed>(job) ==
			   1;
	});
	EXPECT_FALSE(process_exists(pid));
	engine().ended(engine().submit(command({"/bin/true"})));
	EXPECT_EQ(engine().count<Ended>(job) + engine().count<Cancelled>(job), 1U);
}

TEST_F(EngineControl, TerminatesAJobThatTheLauncherHasNotRead) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	const JobKey job = engine().submit(with_output(shell("echo ran"), dir_ / "out"));
	EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
	::kill(launcher, SIGCONT);
	engine().await<Cancelled>(job);
	EXPECT_FALSE(std::filesystem::exists(dir_ / "out"));
}

// The launch of a waiting job fails for want of a descriptor, which would send it back to its queue, and the
// same round of the engine's loop brings the command to terminate it. That command was answered with Done:
// the job must not come to life again.
TEST_F(EngineControl, DoesNotQueueAgainWhatWasTerminatedDuringItsLaunch) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t launcher = only_launcher();
	const JobKey job = submit_waiting(with_input(with_output(shell("echo ran"), dir_ / "out"), "/dev/zero"));
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	engine().close_gate();
	::kill(engine().pid(running_), SIGKILL);
	engine().wait_at_gate();  // the end is told; the request is in the launcher's socket
	const std::uint32_t token = engine().post_control(job, ControlAction::Terminate);
	// Enough descriptors for the launcher to take the report pipe, none for the job to open its input.
	rlimit limit{};
	::prlimit(launcher, RLIMIT_NOFILE, nullptr, &limit);
	rlimit tight = limit;
	tight.rlim_cur = kTrackerStreamFd + 4;
	::prlimit(launcher, RLIMIT_NOFILE, &tight, nullptr);
	::kill(launcher, SIGCONT);
	require_eventually("the end of the process that failed", [&] {
		for (const pid_t pid : children()) {
			if (pid != launcher && process_state(pid) == 'Z') return true;
		}
		return false;
	});
	::prlimit(launcher, RLIMIT_NOFILE, &limit, nullptr);
	engine().open_gate();
	engine().require([&] {
		return engine().count<Ended>(job) + engine().count<Cancelled>(job) +
				   engine().count<LaunchFailed>(job) ==
			   1;
	});
	const auto done = engine().await<ControlDone>(job);
	EXPECT_EQ(done.token, token);
	if (done.result == ControlResult::Done) {
		EXPECT_EQ(engine().count<Dispatched>(job), 0U) << "it was terminated, and started after that";
		EXPECT_FALSE(std::filesystem::exists(dir_ / "out"));
	}
}

// Whoever asks keeps his process alive until the answer comes.
TEST_F(EngineControl, IsAnsweredAlsoWhenTheQueueIsClosed) {
	engine().open_queue(2);
	const JobKey job = engine().submit(sleeper(), 2);
	const pid_t pid = engine().pid(job);
	engine().post(CloseQueue{2});
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Done);
	EXPECT_EQ(engine().control({2, 0, 999}, ControlAction::Withdraw), ControlResult::NoSuchJob);
	EXPECT_EQ(engine().control({3, 0, 1}, ControlAction::Withdraw), ControlResult::NoSuchJob);
	::kill(pid, SIGKILL);
}

}  // namespace
}  // namespace ospt::test
