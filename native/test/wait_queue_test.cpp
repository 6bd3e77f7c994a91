// SPDX-License-Identifier: MIT

#include "engine/wait_queue.h"

#include <gtest/gtest.h>

#include <limits>

namespace ospt {
namespace {

constexpr std::uint32_t kUnbounded = std::numeric_limits<std::uint32_t>::max();

JobKey key(std::uint64_t job) {
	return {1, 0, job};
}

void add(WaitQueue& queue, std::uint64_t job, bool held = false) {
	auto waiting = std::make_unique<WaitingJob>();
	waiting->key = key(job);
	waiting->announced = held;
	queue.add(std::move(waiting), held);
}

// 0: nothing may start now.
std::uint64_t take(WaitQueue& queue) {
	const auto job = queue.take();
	return job ? job->key.job : 0;
}

std::vector<std::uint64_t> announced(WaitQueue& queue) {
	std::vector<std::uint64_t> jobs;
	queue.announce([&jobs](const WaitingJob& job) { jobs.push_back(job.key.job); });
	return jobs;
}

using Jobs = std::vector<std::uint64_t>;

TEST(WaitQueue, GivesJobsInOrderOfSubmission) {
	WaitQueue queue(kUnbounded);
	for (const std::uint64_t job : {7, 3, 9}) add(queue, job);
	EXPECT_EQ(take(queue), 7U);
	EXPECT_EQ(take(queue), 3U);
	EXPECT_EQ(take(queue), 9U);
	EXPECT_EQ(take(queue), 0U);
	EXPECT_TRUE(queue.empty());
}

TEST(WaitQueue, NeverGivesMoreThanItsBound) {
	WaitQueue queue(2);
	for (std::uint64_t job = 1; job <= 4; ++job) add(queue, job);
	EXPECT_EQ(take(queue), 1U);
	EXPECT_EQ(take(queue), 2U);
	EXPECT_EQ(take(queue), 0U);
	EXPECT_EQ(queue.running(), 2U);
	queue.ended();
	EXPECT_EQ(take(queue), 3U);
	EXPECT_EQ(take(queue), 0U);
}

TEST(WaitQueue, GivesNothingWithABoundOfZero) {
	WaitQueue queue(0);
	add(queue, 1);
	EXPECT_FALSE(queue.can_take());
	EXPECT_EQ(take(queue), 0U);
	EXPECT_TRUE(queue.contains(key(1)));
}

TEST(WaitQueue, KeepsTheirPlaceForHeldJobs) {
	WaitQueue queue(kUnbounded);
	for (std::uint64_t job = 1; job <= 3; ++job) add(queue, job);
	EXPECT_TRUE(queue.hold(key(1)));
	EXPECT_EQ(take(queue), 2U);
	EXPECT_TRUE(queue.release(key(1)));
	EXPECT_EQ(take(queue), 1U);
	EXPECT_EQ(take(queue), 3U);
}

TEST(WaitQueue, KeepsThePlaceOfAJobThatWasSubmittedHeld) {
	WaitQueue queue(kUnbounded);
	add(queue, 1, true);
	add(queue, 2);
	EXPECT_TRUE(queue.release(key(1)));
	EXPECT_EQ(take(queue), 1U);
	EXPECT_EQ(take(queue), 2U);
}

TEST(WaitQueue, SaysWhenThereIsNothingToHoldOrRelease) {
	WaitQueue queue(kUnbounded);
	add(queue, 1);
	EXPECT_FALSE(queue.release(key(1)));
	EXPECT_TRUE(queue.hold(key(1)));
	EXPECT_FALSE(queue.hold(key(1)));
	EXPECT_FALSE(queue.hold(key(2)));
	EXPECT_FALSE(queue.release(key(2)));
	EXPECT_EQ(take(queue), 0U);
	EXPECT_FALSE(queue.empty());
}

TEST(WaitQueue, PutsAJobBackToItsPlaceAndFreesItsShare) {
	WaitQueue queue(1);
	for (std::uint64_t job = 1; job <= 2; ++job) add(queue, job);
	auto job = queue.take();
	ASSERT_TRUE(job);
	EXPECT_FALSE(queue.contains(key(1)));
	queue.put_back(std::move(job));
	EXPECT_TRUE(queue.contains(key(1)));
	EXPECT_EQ(queue.running(), 0U);
	EXPECT_EQ(take(queue), 1U);
}

TEST(WaitQueue, RemovesReadyAndHeldJobs) {
	WaitQueue queue(kUnbounded);
	add(queue, 1);
	add(queue, 2, true);
	add(queue, 3);
	EXPECT_EQ(queue.remove(key(1))->key.job, 1U);
	EXPECT_EQ(queue.remove(key(2))->key.job, 2U);
	EXPECT_EQ(queue.remove(key(1)), nullptr);
	EXPECT_FALSE(queue.contains(key(2)));
	EXPECT_EQ(take(queue), 3U);
	EXPECT_TRUE(queue.empty());
}

TEST(WaitQueue, AnnouncesEveryWaitingJobOnceAndInOrder) {
	WaitQueue queue(1);
	for (std::uint64_t job = 1; job <= 3; ++job) add(queue, job);
	auto running = queue.take();
	EXPECT_EQ(announced(queue), (Jobs{2, 3}));
	EXPECT_EQ(announced(queue), Jobs{});
	// Put back before its user was told anything: now it waits too.
	queue.put_back(std::move(running));
	EXPECT_EQ(announced(queue), Jobs{1});
	queue.put_back(queue.take());
	EXPECT_EQ(announced(queue), Jobs{});
}

TEST(WaitQueue, DoesNotAnnounceJobsThatAreGoneOrHeld) {
	WaitQueue queue(0);
	for (std::uint64_t job = 1; job <= 3; ++job) add(queue, job);
	queue.remove(key(1));
	queue.hold(key(2));
	EXPECT_EQ(announced(queue), Jobs{3});
}

TEST(WaitQueue, ForgetsAllThatWaitWhenItIsClearedButNotWhatRuns) {
	WaitQueue queue(2);
	for (std::uint64_t job = 1; job <= 3; ++job) add(queue, job);
	add(queue, 4, true);
	EXPECT_EQ(take(queue), 1U);
	queue.clear();
	EXPECT_TRUE(queue.empty());
	EXPECT_EQ(queue.running(), 1U);
	EXPECT_EQ(announced(queue), Jobs{});
	EXPECT_EQ(take(queue), 0U);
	EXPECT_FALSE(queue.release(key(4)));
	add(queue, 5);
	EXPECT_EQ(take(queue), 5U);
}

TEST(WaitQueue, TellsTheTasksOfOneArrayApart) {
	WaitQueue queue(kUnbounded);
	for (std::uint32_t task = 1; task <= 2; ++task) {
		auto waiting = std::make_unique<WaitingJob>();
		waiting->key = {1, task, 5};
		queue.add(std::move(waiting), false);
	}
	EXPECT_TRUE(queue.hold({1, 1, 5}));
	const auto job = queue.take();
	ASSERT_TRUE(job);
	EXPECT_EQ(job->key.task, 2U);
}

}  // namespace
}  // namespace ospt
