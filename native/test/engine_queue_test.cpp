// SPDX-License-Identifier: MIT
//
// Bounds and fairness of queues.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <map>

#include "core/unique_fd.h"
#include "support/engine_harness.h"

namespace ospt::test {
namespace {

rlim_t first_free_descriptor() {
	const UniqueFd free(::open("/dev/null", O_RDONLY | O_CLOEXEC));
	return static_cast<rlim_t>(free.get());
}

class EngineQueue : public EngineTest {
  protected:
	// The highest number of jobs of a queue that ran at once, by the events.
	std::size_t most_running(std::uint32_t queue) {
		std::size_t running = 0;
		std::size_t most = 0;
		for (const Event& event : engine().log()) {
			if (event.key.queue != queue) continue;
			if (std::holds_alternative<Dispatched>(event.what)) most = std::max(most, ++running);
			if (std::holds_alternative<Ended>(event.what)) --running;
		}
		return most;
	}
	// How far each queue was when the first of them had started all its jobs.
	std::map<std::uint32_t, std::size_t> dispatched_until(std::size_t all) {
		std::map<std::uint32_t, std::size_t> dispatched;
		for (const Event& event : engine().log()) {
			if (!std::holds_alternative<Dispatched>(event.what)) continue;
			if (++dispatched[event.key.queue] == all) break;
		}
		return dispatched;
	}
};

TEST_F(EngineQueue, NeverRunsMoreThanItsBound) {
	std::vector<JobKey> jobs;
	for (std::uint32_t queue = 2; queue <= 4; ++queue) engine().open_queue(queue, queue);
	for (int i = 0; i < 60; ++i) {
		for (std::uint32_t queue = 2; queue <= 4; ++queue) {
			jobs.push_back(engine().submit(command({"/bin/true"}), queue));
		}
	}
	for (const JobKey& job : jobs) EXPECT_EQ(engine().status(job), 0);
	for (std::uint32_t queue = 2; queue <= 4; ++queue) EXPECT_LE(most_running(queue), queue);
}

TEST_F(EngineQueue, UsesItsBoundWhole) {
	engine().open_queue(2, 3);
	std::vector<JobKey> jobs;
	for (int i = 0; i < 6; ++i) jobs.push_back(engine().submit(sleeper(), 2));
	for (std::size_t i = 0; i < 3; ++i) engine().pid(jobs[i]);
	for (std::size_t i = 3; i < 6; ++i) engine().await<Queued>(jobs[i]);
	for (std::size_t i = 0; i < 6; ++i) {
		engine().pid(jobs[i]);  // the next starts as soon as one has ended
		engine().control(jobs[i], ControlAction::Terminate);
		engine().ended(jobs[i]);
	}
	EXPECT_EQ(most_running(2), 3U);
}

TEST_F(EngineQueue, StartsJobsInOrderOfSubmission) {
	engine().open_queue(2, 1);
	std::vector<JobKey> jobs;
	for (int i = 0; i < 50; ++i) jobs.push_back(engine().submit(command({"/bin/true"}), 2));
	for (const JobKey& job : jobs) engine().ended(job);
	std::vector<JobKey> started;
	for (const Event& event : engine().log()) {
		if (std::holds_alternative<Dispatched>(event.what)) started.push_back(event.key);
	}
	EXPECT_EQ(started, jobs);
}

TEST_F(EngineQueue, CountsALaunchThatFailedNotAsRunning) {
	engine().open_queue(2, 1);
	std::vector<JobKey> jobs;
	for (int i = 0; i < 50; ++i) {
		jobs.push_back(engine().submit(command({i % 2 == 0 ? "/no/such/program" : "/bin/true"}), 2));
	}
	for (std::size_t i = 0; i < jobs.size(); ++i) {
		if (i % 2 == 0)
			engine().await<LaunchFailed>(jobs[i]);
		else
			engine().ended(jobs[i]);
	}
}

// More jobs than the launcher's socket takes at once: while it is full, the queues share the room that the
// launcher makes.
TEST_F(EngineQueue, DoesNotStarveBesideAnotherThatIsLong) {
	constexpr std::size_t kJobs = 1500;
	std::vector<JobKey> jobs;
	engine().close_gate();
	engine().open_queue(2);
	engine().open_queue(3);
	// The engine's thread waits at the gate with this job, and finds the others in one batch.
	jobs.push_back(engine().submit(command({"/bin/true"}), 1, true));
	engine().wait_at_gate();
	for (std::size_t i = 0; i < kJobs; ++i) {
		for (std::uint32_t queue = 2; queue <= 3; ++queue) {
			jobs.push_back(engine().submit(command({"/bin/true"}), queue));
		}
	}
	engine().open_gate();
	engine().control(jobs.front(), ControlAction::Release);
	for (const JobKey& job : jobs) engine().ended(job);

	auto dispatched = dispatched_until(kJobs);
	EXPECT_GT(dispatched[2], kJobs / 4);
	EXPECT_GT(dispatched[3], kJobs / 4);
}

// With few descriptors a new job starts only when one has ended. That one must not always be of the same
// queue.
TEST_F(EngineQueue, DoesNotStarveWhenThereIsRoomForOneJobAtATime) {
	constexpr std::size_t kJobs = 40;
	engine().ended(engine().submit(command({"/bin/true"})));
	std::vector<JobKey> jobs;
	for (std::uint32_t queue = 2; queue <= 3; ++queue) {
		engine().open_queue(queue);
		for (std::size_t i = 0; i < kJobs; ++i) {
			jobs.push_back(engine().submit(command({"/bin/sleep", "0.02"}), queue, true));
		}
	}
	for (const JobKey& job : jobs) engine().await<Queued>(job);
	rlimit limit{};
	::getrlimit(RLIMIT_NOFILE, &limit);
	rlimit tight = limit;
	tight.rlim_cur = first_free_descriptor() + 5;
	::setrlimit(RLIMIT_NOFILE, &tight);
	for (const JobKey& job : jobs) engine().post_control(job, ControlAction::Release);
	for (const JobKey& job : jobs) engine().ended(job);
	::setrlimit(RLIMIT_NOFILE, &limit);

	auto dispatched = dispatched_until(kJobs);
	EXPECT_GT(dispatched[2], kJobs / 4);
	EXPECT_GT(dispatched[3], kJobs / 4);
}

}  // namespace
}  // namespace ospt::test
