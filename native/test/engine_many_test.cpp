// SPDX-License-Identifier: MIT
//
// Many jobs, and many engines.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include "support/engine_harness.h"

namespace ospt::test {
namespace {

class EngineMany : public EngineTest {};

TEST_F(EngineMany, RunsTwoThousandJobsWithoutLeakingADescriptor) {
	engine().open_queue(2, 8);
	engine().ended(engine().submit(command({"/bin/true"})));
	const std::size_t before = open_descriptors();
	std::vector<JobKey> jobs;
	for (int i = 0; i < 2000; ++i) jobs.push_back(engine().submit(command({"/bin/true"}), 2));
	for (const JobKey& job : jobs) EXPECT_EQ(engine().status(job), 0);
	EXPECT_TRUE(eventually([before] { return open_descriptors() == before; })) << open_descriptors() - before;
	EXPECT_EQ(children().size(), 1U) << "the launcher";
}

TEST_F(EngineMany, RunsHundredsOfJobsAtOnce) {
	std::vector<JobKey> jobs;
	for (int i = 0; i < 300; ++i) jobs.push_back(engine().submit(sleeper()));
	for (const JobKey& job : jobs) engine().pid(job);
	EXPECT_EQ(children().size(), jobs.size() + 1);
	for (const JobKey& job : jobs) engine().post_control(job, ControlAction::Terminate);
	for (const JobKey& job : jobs) EXPECT_EQ(WTERMSIG(engine().status(job)), SIGKILL);
}

TEST_F(EngineMany, TellsTheStopsOfEachEngineToThatEngine) {
	EngineHarness other;
	other.open_queue(1);
	const JobKey ours = engine().submit(sleeper());
	const JobKey theirs = other.submit(sleeper());
	engine().pid(ours);
	other.pid(theirs);
	EXPECT_EQ(engine().control(ours, ControlAction::Suspend), ControlResult::Done);
	engine().await<Stopped>(ours);
	EXPECT_EQ(other.control(theirs, ControlAction::Suspend), ControlResult::Done);
	other.await<Stopped>(theirs);
	EXPECT_EQ(other.control(theirs, ControlAction::Resume), ControlResult::Done);
	other.await<Continued>(theirs);
	EXPECT_EQ(engine().count<Stopped>(ours), 1U);
	EXPECT_EQ(engine().count<Continued>(ours), 0U);
	EXPECT_EQ(other.count<Stopped>(theirs), 1U);
	engine().control(ours, ControlAction::Terminate);
	other.control(theirs, ControlAction::Terminate);
	EXPECT_EQ(WTERMSIG(engine().status(ours)), SIGKILL);
	EXPECT_EQ(WTERMSIG(other.status(theirs)), SIGKILL);
}

TEST_F(EngineMany, LetsOneEngineEndWhileAnotherWorks) {
	auto other = std::make_unique<EngineHarness>();
	other->open_queue(1);
	std::vector<JobKey> jobs;
	for (int i = 0; i < 100; ++i) {
		other->submit(command({"/bin/true"}));
		jobs.push_back(engine().submit(command({"/bin/true"})));
	}
	other.reset();
	for (const JobKey& job : jobs) EXPECT_EQ(engine().status(job), 0);
}

TEST_F(EngineMany, KeepsTheBigRequestsOfOneBatchApart) {
	// Each one travels in a memory file of its own.
	std::vector<JobKey> jobs;
	for (int i = 0; i < 50; ++i) {
		std::vector<std::string> argv(60, std::string(1000, 'x'));
		argv[0] = "/bin/sh";
		argv[1] = "-c";
		argv[2] = "exit " + std::to_string(i);
		jobs.push_back(engine().submit(command(argv)));
	}
	for (int i = 0; i < 50; ++i) {
		EXPECT_EQ(WEXITSTATUS(engine().status(jobs[static_cast<std::size_t>(i)])), i);
	}
}

}  // namespace
}  // namespace ospt::test
