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
	queue.add(Ticket{key(job), 0, nullptr, held}, held);
}

// 0: nothing may start now.
std::uint64_t take(WaitQueue& queue) {
	const auto job = queue.take();
	return job ? job->key.job : 0;
}

std::vector<std::uint64_t> announced(WaitQueue& queue) {
	std::vector<std::uint64_t> jobs;
	queue.announce([&jobs](const JobKey& job) { jobs.push_back(job.job); });
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
	EXPECT_FALSE(queue.ended(key(1)));
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
	queue.put_back(*std::move(job));
	EXPECT_TRUE(queue.contains(key(1)));
	EXPECT_EQ(queue.running(), 0U);
	EXPECT_EQ(take(queue), 1U);
}

TEST(WaitQueue, RemovesReadyAndHeldJobs) {
	WaitQueue queue(kUnbounded);
	add(queue, 1);
	add(queue, 2, true);
	add(queue, 3);
	EXPECT_TRUE(queue.remove(key(1)));
	EXPECT_TRUE(queue.remove(key(2)));
	EXPECT_FALSE(queue.remove(key(1)));
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
	queue.put_back(*std::move(running));
	EXPECT_EQ(announced(queue), Jobs{1});
	queue.put_back(*queue.take());
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

// ---- arrays

JobKey task(std::uint64_t array, std::uint32_t index) {
	return {1, index, array};
}

void add_array(WaitQueue& queue, std::uint64_t job, TaskRange range, std::uint32_t max_parallel = kUnbounded,
			   bool held = false) {
	queue.add_array(key(job), TaskLine(key(job), nullptr, range, max_parallel, held));
}

using Tasks = std::vector<std::uint32_t>;

// The tasks of whatever array is next, until nothing more may start.
Tasks take_tasks(WaitQueue& queue) {
	Tasks tasks;
	while (const auto job = queue.take()) tasks.push_back(job->key.task);
	return tasks;
}

TEST(WaitQueueArray, GivesItsTasksInOrderOfTheirIndices) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {3, 12, 4});
	EXPECT_EQ(take_tasks(queue), (Tasks{3, 7, 11}));
	EXPECT_TRUE(queue.empty());
	EXPECT_EQ(queue.running(), 3U);
}

TEST(WaitQueueArray, NeverRunsMoreThanItsBoundAndUsesItWhole) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 10, 1}, 2);
	EXPECT_EQ(take_tasks(queue), (Tasks{1, 2}));
	EXPECT_FALSE(queue.ended(task(5, 1)));
	EXPECT_EQ(take_tasks(queue), Tasks{3});
}

TEST(WaitQueueArray, SaysWhenTheLastTaskHasEnded) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 2, 1});
	take_tasks(queue);
	EXPECT_FALSE(queue.ended(task(5, 2)));
	EXPECT_TRUE(queue.ended(task(5, 1)));
	EXPECT_EQ(queue.array(key(5)), nullptr);
}

TEST(WaitQueueArray, TakesTurnsWithOtherArraysAndWithTheSingleJobs) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 2, {1, 3, 1});
	add_array(queue, 4, {1, 2, 1});
	for (const std::uint64_t job : {5, 6, 7}) add(queue, job);
	Jobs turns;
	while (const auto job = queue.take()) turns.push_back(job->key.job);
	EXPECT_EQ(turns, (Jobs{2, 4, 5, 2, 4, 6, 2, 7}));
}

TEST(WaitQueueArray, SharesTheBoundOfTheQueue) {
	WaitQueue queue(3);
	add_array(queue, 2, {1, 100, 1}, 2);
	add(queue, 3);
	add(queue, 4);
	Jobs turns;
	while (const auto job = queue.take()) turns.push_back(job->key.job);
	EXPECT_EQ(turns, (Jobs{2, 3, 2}));
	queue.ended(key(3));
	EXPECT_EQ(take(queue), 4U);
}

TEST(WaitQueueArray, PutsATaskBackToItsPlace) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 3, 1}, 1);
	auto first = queue.take();
	ASSERT_TRUE(first);
	EXPECT_FALSE(queue.take());
	queue.put_back(*std::move(first));
	EXPECT_EQ(queue.running(), 0U);
	EXPECT_EQ(queue.take()->key.task, 1U);
}

TEST(WaitQueueArray, HoldsReleasesAndRemovesSingleTasks) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 5, 1});
	EXPECT_TRUE(queue.hold(task(5, 1)));
	EXPECT_FALSE(queue.hold(task(5, 1)));
	EXPECT_FALSE(queue.release(task(5, 2)));
	EXPECT_TRUE(queue.remove(task(5, 3)));
	EXPECT_FALSE(queue.contains(task(5, 3)));
	EXPECT_FALSE(queue.hold(task(5, 3)));
	EXPECT_FALSE(queue.contains(task(5, 6)));
	EXPECT_EQ(take_tasks(queue), (Tasks{2, 4, 5}));
	EXPECT_FALSE(queue.empty());
	EXPECT_TRUE(queue.release(task(5, 1)));
	EXPECT_EQ(take_tasks(queue), Tasks{1});
}

TEST(WaitQueueArray, HoldsReleasesAndRemovesAll) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 1'000'000, 1}, 1, true);
	EXPECT_FALSE(queue.can_take());
	queue.release_all(key(5));
	EXPECT_EQ(take_tasks(queue), Tasks{1});
	queue.hold_all(key(5));
	EXPECT_EQ(queue.array(key(5))->held().runs().size(), 1U);
	queue.ended(task(5, 1));
	EXPECT_FALSE(queue.can_take());
	EXPECT_TRUE(queue.remove_all(key(5))) << "nothing of it runs";
	EXPECT_EQ(queue.array(key(5)), nullptr);
	EXPECT_TRUE(queue.empty());
}

TEST(WaitQueueArray, KeepsAnArrayOfWhichATaskRunsAfterTheRestWasRemoved) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 9, 1}, 1);
	EXPECT_EQ(take_tasks(queue), Tasks{1});
	EXPECT_FALSE(queue.remove_all(key(5)));
	EXPECT_TRUE(queue.empty());
	EXPECT_NE(queue.array(key(5)), nullptr);
	EXPECT_TRUE(queue.ended(task(5, 1)));
}

TEST(WaitQueueArray, IsForgottenWhenTheQueueIsCleared) {
	WaitQueue queue(kUnbounded);
	add_array(queue, 5, {1, 9, 1}, 1);
	take_tasks(queue);
	queue.clear();
	EXPECT_TRUE(queue.empty());
	EXPECT_FALSE(queue.ended(task(5, 1)));
	EXPECT_EQ(queue.running(), 0U);
}

}  // namespace
}  // namespace ospt
