// SPDX-License-Identifier: MIT
//
// Stops and continues are told when they happen, whoever causes them.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineStop : public EngineTest {
  protected:
	void terminate(const JobKey& job) {
		EXPECT_EQ(engine().control(job, ControlAction::Terminate), ControlResult::Done);
		EXPECT_EQ(WTERMSIG(engine().status(job)), SIGKILL);
	}
};

TEST_F(EngineStop, IsToldAfterSuspendAndItsEndAfterResume) {
	const JobKey job = engine().submit(sleeper());
	const pid_t pid = engine().pid(job);
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Done);
	EXPECT_EQ(engine().await<Stopped>(job).signal, SIGTSTP);
	EXPECT_EQ(process_state(pid), 'T');
	EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::Done);
	engine().await<Continued>(job);
	EXPECT_NE(process_state(pid), 'T');
	terminate(job);
}

TEST_F(EngineStop, IsToldWhenSomebodyElseStopsAJob) {
	const JobKey job = engine().submit(sleeper());
	const pid_t pid = engine().pid(job);
	::kill(pid, SIGSTOP);
	EXPECT_EQ(engine().await<Stopped>(job).signal, SIGSTOP);
	::kill(pid, SIGCONT);
	engine().await<Continued>(job);
	terminate(job);
}

TEST_F(EngineStop, IsToldAgainAndAgain) {
	const JobKey job = engine().submit(sleeper());
	engine().pid(job);
	for (std::size_t i = 1; i <= 20; ++i) {
		EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Done);
		engine().require([&] { return engine().count<Stopped>(job) == i; });
		EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::Done);
		engine().require([&] { return engine().count<Continued>(job) == i; });
	}
	terminate(job);
}

TEST_F(EngineStop, ReachesTheWholeProcessGroup) {
	const TempDir dir;
	const JobKey job = engine().submit(with_output(shell("sleep 600 & echo $!; wait"), dir / "out"));
	engine().pid(job);
	require_eventually("a child of the job", [&] { return !read_file(dir / "out").empty(); });
	const auto child = static_cast<pid_t>(std::stol(read_file(dir / "out")));
	engine().control(job, ControlAction::Suspend);
	engine().await<Stopped>(job);
	EXPECT_TRUE(eventually([child] { return process_state(child) == 'T'; }));
	engine().control(job, ControlAction::Resume);
	EXPECT_TRUE(eventually([child] { return process_state(child) == 'S'; }));
	terminate(job);
	EXPECT_TRUE(eventually([child] {
		const char state = process_state(child);
		return state == '-' || state == 'Z';  // whoever adopts it has to wait for it
	}));
}

TEST_F(EngineStop, IsNotToldOfAJobThatIgnoresIt) {
	const TempDir dir;
	const JobKey job = engine().submit(probe({"ignore-stops", dir / "ready"}));
	const pid_t pid = engine().pid(job);
	require_eventually("a job that ignores SIGTSTP", [&] { return std::filesystem::exists(dir / "ready"); });
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::Done);
	::kill(pid, SIGUSR1);  // answered only by a process that runs
	EXPECT_EQ(WEXITSTATUS(engine().status(job)), 7);
	EXPECT_EQ(engine().count<Stopped>(job), 0U);
}

TEST_F(EngineStop, IsRefusedForAJobThatIsStoppedAndResumeForOneThatIsNot) {
	const JobKey job = engine().submit(sleeper());
	engine().pid(job);
	EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::WrongState);
	engine().control(job, ControlAction::Suspend);
	engine().await<Stopped>(job);
	EXPECT_EQ(engine().control(job, ControlAction::Suspend), ControlResult::WrongState);
	terminate(job);
}

TEST_F(EngineStop, EndsWithTheJobWhenItIsTerminatedWhileStopped) {
	const JobKey job = engine().submit(sleeper());
	engine().pid(job);
	engine().control(job, ControlAction::Suspend);
	engine().await<Stopped>(job);
	terminate(job);
	EXPECT_EQ(engine().count<Stopped>(job), 1U);
}

TEST_F(EngineStop, IsToldAfterTheDispatchWhenAJobStopsItself) {
	std::vector<JobKey> jobs;
	for (int i = 0; i < 50; ++i) jobs.push_back(engine().submit(shell("kill -STOP $$; exit 5")));
	for (const JobKey& job : jobs) {
		engine().await<Stopped>(job);
		EXPECT_EQ(engine().control(job, ControlAction::Resume), ControlResult::Done);
		EXPECT_EQ(WEXITSTATUS(engine().status(job)), 5);
	}
	std::unordered_map<JobKey, bool, JobKeyHash> dispatched;
	for (const Event& event : engine().log()) {
		if (std::holds_alternative<Dispatched>(event.what)) dispatched[event.key] = true;
		if (std::holds_alternative<Stopped>(event.what)) {
			EXPECT_TRUE(dispatched[event.key]);
		}
	}
}

TEST_F(EngineStop, OfAChildThatIsNoJobIsNotTold) {
	const JobKey job = engine().submit(sleeper());
	engine().pid(job);
	const pid_t other = start_bystander({"/bin/sleep", "600"});
	::kill(other, SIGSTOP);
	// The news of the two come in order: once the second is told, the first has been passed over.
	::kill(engine().pid(job), SIGSTOP);
	engine().await<Stopped>(job);
	for (const Event& event : engine().log()) EXPECT_EQ(event.key, job);
	::kill(other, SIGKILL);
	EXPECT_EQ(WTERMSIG(wait_for(other)), SIGKILL) << "its end stays with its owner";
	terminate(job);
}

}  // namespace
}  // namespace ospt::test
