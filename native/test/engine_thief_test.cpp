// SPDX-License-Identifier: MIT
//
// Another part of the program waits for any child, and takes the ends of our jobs.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "engine/pidfd.h"
#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineThief : public EngineTest {
  protected:
	bool kernel_tells_status() {
		const pid_t pid = start_bystander({"/bin/true"});
		const UniqueFd pidfd = open_pidfd(pid);
		wait_for(pid);
		return pidfd && reaped_status(pidfd.get()).has_value();
	}
};

// The engine's thread is kept at the gate while the thief takes the job.
TEST_F(EngineThief, LeavesTheStatusButNotTheUsage) {
	const bool tells_status = kernel_tells_status();
	const JobKey job = engine().submit(shell("read line; exit 42"));
	engine().ended(job);  // without input the shell ends at once; this only starts the launcher
	const JobKey stolen = engine().submit(sleeper());
	const pid_t pid = engine().pid(stolen);
	engine().close_gate();
	engine().submit(command({"/bin/true"}), 1, true);
	engine().wait_at_gate();
	::kill(pid, SIGTERM);
	EXPECT_EQ(WTERMSIG(wait_for(pid)), SIGTERM);
	engine().open_gate();
	const ExitRecord record = engine().ended(stolen);
	EXPECT_EQ(record.pid, pid);
	EXPECT_FALSE(record.usage_known);
	EXPECT_EQ(record.usage.ru_maxrss, 0);
	EXPECT_EQ(record.status_known, tells_status);
	if (tells_status) {
		EXPECT_EQ(WTERMSIG(record.status), SIGTERM);
	}
	EXPECT_EQ(engine().control(stolen, ControlAction::Terminate), ControlResult::NoSuchJob);
}

// In a race with a thief that never rests, each job is told once, with its status.
TEST_F(EngineThief, TakesNoJobsStatus) {
	const bool tells_status = kernel_tells_status();
	std::atomic<bool> done = false;
	std::atomic<int> taken = 0;
	std::thread thief([&] {
		while (!done) {
			if (::waitpid(-1, nullptr, WNOHANG) > 0) ++taken;
		}
	});
	std::vector<JobKey> jobs;
	engine().open_queue(2, 8);
	for (int i = 0; i < 200; ++i)
		jobs.push_back(engine().submit(shell("sleep 0.05; exit " + std::to_string(i % 256)), 2));
	int unknown = 0;
	for (std::size_t i = 0; i < jobs.size(); ++i) {
		const ExitRecord record = engine().ended(jobs[i]);
		if (record.status_known) {
			EXPECT_EQ(WEXITSTATUS(record.status), static_cast<int>(i % 256));
		} else {
			++unknown;
		}
	}
	end_engine();
	done = true;
	thief.join();
	EXPECT_GT(taken.load(), 0);
	// A job may be taken before its pidfd is open: rare, and then nobody can know.
	if (tells_status) {
		EXPECT_EQ(unknown, 0) << "of " << taken.load() << " that were taken";
	}
}

TEST_F(EngineThief, OfTheLauncherIsNoHarm) {
	engine().ended(engine().submit(command({"/bin/true"})));
	engine().close_gate();
	engine().submit(command({"/bin/true"}), 1, true);
	engine().wait_at_gate();
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGKILL);
	wait_for(launcher);
	engine().open_gate();
	EXPECT_EQ(engine().status(engine().submit(command({"/bin/true"}))), 0);
}

}  // namespace
}  // namespace ospt::test
