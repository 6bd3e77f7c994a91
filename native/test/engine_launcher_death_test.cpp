// SPDX-License-Identifier: MIT
//
// The launcher may die at any moment: no job is lost, none is started twice, none of those that run notices.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/unique_fd.h"
#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineLauncherDeath : public EngineTest {
  protected:
	std::size_t ends(const JobKey& job) {
		return engine().count<Ended>(job) + engine().count<LaunchFailed>(job) +
			   engine().count<Cancelled>(job);
	}
	void kill_launcher() {
		const pid_t launcher = only_launcher();
		::kill(launcher, SIGKILL);
		require_eventually("the launcher to be waited for", [launcher] { return !process_exists(launcher); });
	}
	void terminate(const JobKey& job) {
		EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
		EXPECT_EQ(WTERMSIG(engine().status(job)), SIGKILL);
	}

	TempDir dir_;
};

TEST_F(EngineLauncherDeath, LeavesRunningJobsAloneAndTheNextLaunchStartsAnother) {
	const JobKey running = engine().submit(sleeper());
	const pid_t pid = engine().pid(running);
	kill_launcher();
	EXPECT_EQ(engine().status(engine().submit(command({"/bin/true"}))), 0);
	EXPECT_TRUE(process_lives(pid));
	EXPECT_EQ(engine().control(running, ControlAction::Suspend), ControlResult::Done);
	engine().await<Stopped>(running);
	terminate(running);
}

TEST_F(EngineLauncherDeath, IsNotMissedByTheStopsOfRunningJobs) {
	const JobKey running = engine().submit(sleeper());
	engine().pid(running);
	kill_launcher();
	// No launcher any more: the job is the only child there is to be watched.
	EXPECT_EQ(engine().control(running, ControlAction::Suspend), ControlResult::Done);
	engine().await<Stopped>(running);
	terminate(running);
}

TEST_F(EngineLauncherDeath, FailsTheRequestsInItsHandsWithTheirStage) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	std::vector<JobKey> jobs;
	for (int i = 0; i < 10; ++i) jobs.push_back(engine().submit(command({"/bin/true"})));
	for (const JobKey& job : jobs) engine().require_launching(job);
	::kill(launcher, SIGKILL);
	for (const JobKey& job : jobs) {
		EXPECT_EQ(engine().await<LaunchFailed>(job).failure.stage, LaunchStage::Launcher);
	}
	EXPECT_EQ(engine().status(engine().submit(command({"/bin/true"}))), 0);
}

TEST_F(EngineLauncherDeath, EndsEveryJobOfAStreamExactlyOnce) {
	constexpr std::size_t kJobs = 200;
	const JobKey bystander = engine().submit(sleeper());
	engine().pid(bystander);
	std::vector<JobKey> jobs;
	std::vector<pid_t> killed;
	for (std::size_t i = 0; i < kJobs; ++i) {
		jobs.push_back(engine().submit(shell("echo $$ >> " + (dir_ / "ran"))));
		if (i % 40 != 39) continue;
		engine().require([&] { return ends(jobs[i - 20]) == 1; });
		for (const pid_t launcher : launchers()) {
			// Not a job of the stream that has not come to its exec: that one shares our session, not our
			// name.
			if (::getpgid(launcher) != launcher) continue;
			::kill(launcher, SIGKILL);
			killed.push_back(launcher);
		}
	}
	std::size_t completed = 0;
	for (const JobKey& job : jobs) {
		engine().require([&] { return ends(job) >= 1; });
		const auto ended = engine().find<Ended>(job);
		completed += ended && ended->record.status == 0 ? 1 : 0;
		if (const auto failed = engine().find<LaunchFailed>(job)) {
			EXPECT_EQ(failed->failure.stage, LaunchStage::Launcher);
		}
	}
	// One that is still dying would take the next request with it.
	for (const pid_t launcher : killed) {
		require_eventually("the launcher to be waited for", [launcher] { return !process_exists(launcher); });
	}
	engine().ended(engine().submit(command({"/bin/true"})));
	for (const JobKey& job : jobs) EXPECT_EQ(ends(job), 1U);
	EXPECT_EQ(lines(read_file(dir_ / "ran")).size(), completed) << "none ran twice, none ran unseen";
	EXPECT_EQ(ends(bystander), 0U);
	terminate(bystander);
}

TEST_F(EngineLauncherDeath, IsFollowedByAnotherLauncherWhileGuardedJobsRun) {
	engine().open_queue(2, UINT32_MAX, true);
	const JobKey guarded = engine().submit(sleeper(), 2);
	engine().pid(guarded);
	const pid_t first = only_launcher();
	kill_launcher();
	EXPECT_TRUE(eventually([first] { return launchers().size() == 1 && launchers()[0] != first; }))
		<< "nobody is left who would end the guarded job when Node dies";
	terminate(guarded);
}

// As above, but the launcher dies before the guarded job comes to its exec.
TEST_F(EngineLauncherDeath, IsFollowedByAnotherLauncherAlsoWhenAGuardedLaunchWasUnderWay) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t first = only_launcher();
	engine().open_queue(2, UINT32_MAX, true);
	const JobKey guarded = engine().submit(with_input(sleeper(), make_fifo(dir_ / "fifo")), 2);
	require_eventually("a launch under way", [] { return launchers().size() == 2; });
	::kill(first, SIGKILL);
	require_eventually("the launcher to be waited for", [first] { return !process_exists(first); });
	const UniqueFd writing(::open((dir_ / "fifo").c_str(), O_RDWR | O_CLOEXEC));
	engine().pid(guarded);
	EXPECT_TRUE(eventually([] { return launchers().size() == 1; }, std::chrono::seconds(3)))
		<< "nobody is left who would end the guarded job when Node dies";
	terminate(guarded);
}

}  // namespace
}  // namespace ospt::test
