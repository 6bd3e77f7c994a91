// SPDX-License-Identifier: MIT
//
// Arrays: bounds, control of all tasks at once, and what happens when a task cannot be started.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <map>
#include <set>

#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

JobKey task(const JobKey& array, std::uint32_t index) {
	JobKey key = array;
	key.task = index;
	return key;
}

class EngineArray : public EngineTest {
  protected:
	void await_all(const JobKey& array, const TaskRange& range) {
		for (std::uint32_t i = 0; i < range.count(); ++i) engine().ended(task(array, range.index(i)));
	}
	std::size_t running(const JobKey& array) {
		std::set<std::uint32_t> tasks;
		for (const Event& event : engine().log()) {
			if (event.key.job != array.job) continue;
			if (std::holds_alternative<Dispatched>(event.what)) tasks.insert(event.key.task);
			if (std::holds_alternative<Ended>(event.what)) tasks.erase(event.key.task);
		}
		return tasks.size();
	}
	std::size_t most_running(const JobKey& array) {
		std::size_t running = 0;
		std::size_t most = 0;
		for (const Event& event : engine().log()) {
			if (event.key.job != array.job) continue;
			if (std::holds_alternative<Dispatched>(event.what)) most = std::max(most, ++running);
			if (std::holds_alternative<Ended>(event.what)) --running;
		}
		return most;
	}
	void require_running(const JobKey& array, std::size_t count) {
		engine().require([&] { return running(array) == count; });
	}
};

TEST_F(EngineArray, GivesEveryTaskItsIndex) {
	const TaskRange range{2, 14, 3};
	const JobKey array = engine().submit_array(of_task(shell("exit $TASK_ID")), range);
	for (std::uint32_t i = 0; i < range.count(); ++i) {
		const std::uint32_t index = range.index(i);
		EXPECT_EQ(WEXITSTATUS(engine().status(task(array, index))), static_cast<int>(index));
	}
}

TEST_F(EngineArray, TellsOfNoTaskBeforeItsTurn) {
	const JobKey array = engine().submit_array(sleeper(), {1, 1'000'000, 1}, 2);
	require_running(array, 2);
	for (const Event& event : engine().log()) EXPECT_LE(event.key.task, 2U);
	engine().control(array, ControlAction::Terminate);
	await_all(array, {1, 2, 1});
}

TEST_F(EngineArray, NeverRunsMoreThanItsBoundAndUsesItWhole) {
	const TaskRange range{1, 120, 1};
	const JobKey array = engine().submit_array(command({"/bin/true"}), range, 3);
	await_all(array, range);
	EXPECT_LE(most_running(array), 3U);
	EXPECT_GE(most_running(array), 1U);
	const JobKey next = engine().submit_array(sleeper(), {1, 9, 1}, 3);
	require_running(next, 3);
	engine().control(next, ControlAction::Terminate);
	await_all(next, {1, 3, 1});
}

TEST_F(EngineArray, FailsATaskThatCannotStartAndGoesOn) {
	LaunchRequest request = command({"/bin/true"});
	request.streams[0] = file_stream(with_index("/no/such/file."));
	const JobKey array = engine().submit_array(std::move(request), {1, 50, 1}, 2);
	for (std::uint32_t index = 1; index <= 50; ++index) {
		EXPECT_EQ(engine().await<LaunchFailed>(task(array, index)).failure.stage, LaunchStage::Stdin);
	}
	EXPECT_EQ(engine().control(array, ControlAction::Terminate), ControlResult::NoSuchJob);
}

TEST_F(EngineArray, HoldsAndReleasesAllInRuns) {
	const JobKey array = engine().submit_array(sleeper(), {1, 1000, 1}, 2, 1, true);
	EXPECT_EQ(engine().control(task(array, 500), ControlAction::Release), ControlResult::Done);
	engine().pid(task(array, 500));
	const auto refused = engine().refused_by(array, ControlAction::Hold);
	ASSERT_EQ(refused.size(), 1U);
	EXPECT_EQ(refused[0].first, 500U);
	EXPECT_EQ(refused[0].second.result, ControlResult::WrongState);
	EXPECT_TRUE(engine().refused_by(array, ControlAction::Terminate).empty());
	EXPECT_EQ(engine().await<Cancelled>(task(array, 1)).last, 499U);
	EXPECT_EQ(engine().await<Cancelled>(task(array, 501)).last, 1000U);
	EXPECT_EQ(WTERMSIG(engine().status(task(array, 500))), SIGKILL);
}

TEST_F(EngineArray, NamesTheTasksThatASuspendDoesNotApplyTo) {
	const TaskRange range{10, 60, 10};
	const JobKey array = engine().submit_array(sleeper(), range, 3);
	require_running(array, 3);
	EXPECT_EQ(engine().control(task(array, 10), ControlAction::Terminate), ControlResult::Done);
	engine().ended(task(array, 10));
	engine().pid(task(array, 40));
	EXPECT_EQ(engine().control(task(array, 60), ControlAction::Hold), ControlResult::Done);
	const auto refused = engine().refused_by(array, ControlAction::Suspend);
	std::map<std::uint32_t, std::pair<std::uint32_t, ControlResult>> runs;
	for (const auto& [first, run] : refused) runs[first] = {run.last, run.result};
	EXPECT_EQ(runs, (decltype(runs){{10, {10, ControlResult::NoSuchJob}},
									{50, {50, ControlResult::WrongState}},
									{60, {60, ControlResult::WrongState}}}));
	for (const std::uint32_t index : {20, 30, 40}) engine().await<Stopped>(task(array, index));
	engine().control(array, ControlAction::Terminate);
	for (const std::uint32_t index : {20, 30, 40}) {
		EXPECT_EQ(WTERMSIG(engine().status(task(array, index))), SIGKILL);
	}
}

TEST_F(EngineArray, KillsTasksThatAreBeingStarted) {
	const TempDir directory;
	const std::string fifo = make_fifo(directory / "fifo");
	const JobKey array = engine().submit_array(with_input(command({"/bin/true"}), fifo), {1, 20, 1}, 4);
	for (std::uint32_t index = 1; index <= 4; ++index) engine().require_launching(task(array, index));
	EXPECT_TRUE(engine().refused_by(array, ControlAction::Terminate).empty());
	// Killed while its program had not been executed, a task is told as one or the other.
	for (std::uint32_t index = 1; index <= 4; ++index) {
		engine().require([&] {
			return engine().find<Ended>(task(array, index)) || engine().find<Cancelled>(task(array, index));
		});
	}
	EXPECT_EQ(engine().await<Cancelled>(task(array, 5)).last, 20U);
	EXPECT_EQ(engine().control(array, ControlAction::Terminate), ControlResult::NoSuchJob);
}

TEST_F(EngineArray, LosesNoTaskAndNoPlaceWhenTheLauncherIsKilled) {
	const TaskRange range{1, 150, 1};
	const JobKey array = engine().submit_array(command({"/bin/true"}), range, 4);
	for (std::uint32_t index = 10; index < 150; index += 20) {
		engine().require([&] {
			return engine().find<Ended>(task(array, index)) ||
				   engine().find<LaunchFailed>(task(array, index));
		});
		for (const pid_t pid : launchers()) ::kill(pid, SIGKILL);
	}
	for (std::uint32_t index = 1; index <= 150; ++index) {
		const JobKey key = task(array, index);
		engine().require([&] { return engine().find<Ended>(key) || engine().find<LaunchFailed>(key); });
		EXPECT_EQ(engine().count<Ended>(key) + engine().count<LaunchFailed>(key), 1U);
	}
	EXPECT_LE(most_running(array), 4U);
}

TEST_F(EngineArray, RunsArraysAndJobsOfSeveralQueuesSideBySide) {
	engine().open_queue(2, 3);
	const TaskRange range{1, 60, 1};
	const JobKey first = engine().submit_array(command({"/bin/true"}), range, 2, 2);
	const JobKey second = engine().submit_array(command({"/bin/true"}), range, UINT32_MAX, 2);
	const JobKey other = engine().submit_array(command({"/bin/true"}), range, 2, 1);
	std::vector<JobKey> singles;
	for (int i = 0; i < 20; ++i) singles.push_back(engine().submit(command({"/bin/true"}), 2));
	for (const JobKey& array : {first, second, other}) await_all(array, range);
	for (const JobKey& single : singles) EXPECT_EQ(engine().status(single), 0);
	EXPECT_LE(most_running(first), 2U);
	EXPECT_LE(most_running(other), 2U);
}

TEST_F(EngineArray, RefusesARangeThatMakesNoSense) {
	for (const TaskRange& range : {TaskRange{0, 5, 1}, TaskRange{5, 4, 1}, TaskRange{1, 5, 0}}) {
		const JobKey array = engine().submit_array(sleeper(), range);
		EXPECT_EQ(engine().control(array, ControlAction::Terminate), ControlResult::NoSuchJob);
	}
}

TEST_F(EngineArray, EndsWithTheEngineWhileItsTasksRun) {
	const JobKey array = engine().submit_array(command({"/bin/sleep", "0.05"}), {1, 1000, 1}, 3);
	require_running(array, 3);
	end_engine();
	EXPECT_TRUE(eventually([] { return children().empty(); }))
		<< "what ran has ended, and nothing was started";
}

}  // namespace
}  // namespace ospt::test
