// SPDX-License-Identifier: MIT

#include "engine/task_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace ospt {
namespace {

using Runs = std::map<std::uint32_t, std::uint32_t>;

TEST(TaskSet, JoinsRunsThatTouch) {
	TaskSet set(1, 3);
	set.insert(7, 9);
	EXPECT_EQ(set.runs(), (Runs{{1, 3}, {7, 9}}));
	set.insert(4, 6);
	EXPECT_EQ(set.runs(), (Runs{{1, 9}}));
}

TEST(TaskSet, SplitsARunFromWhichAMemberIsTaken) {
	TaskSet set(0, 9);
	set.erase(4);
	EXPECT_EQ(set.runs(), (Runs{{0, 3}, {5, 9}}));
	set.erase(0);
	set.erase(9);
	EXPECT_EQ(set.runs(), (Runs{{1, 3}, {5, 8}}));
	EXPECT_EQ(set.front(), 1U);
}

TEST(TaskSet, HoldsTheLargestOrdinals) {
	constexpr std::uint32_t kLast = UINT32_MAX - 1;
	TaskSet set(0, kLast);
	set.erase(kLast);
	EXPECT_FALSE(set.contains(kLast));
	set.insert(kLast);
	EXPECT_EQ(set.runs(), (Runs{{0, kLast}}));
	set.erase(0, kLast);
	EXPECT_TRUE(set.empty());
}

// Against the plain set, with many small schedules. The seed is fixed, so a failure comes again.
TEST(TaskSet, IsASet) {
	std::mt19937 random(20260101);  // NOLINT(bugprone-random-generator-seed, cert-msc51-cpp)
	for (int schedule = 0; schedule < 300; ++schedule) {
		TaskSet set;
		std::set<std::uint32_t> plain;
		for (int step = 0; step < 60; ++step) {
			const std::uint32_t first = random() % 24;
			const std::uint32_t last = first + random() % 8;
			if (random() % 2 == 0) {
				set.insert(first, last);
				for (std::uint32_t i = first; i <= last; ++i) plain.insert(i);
			} else {
				set.erase(first, last);
				for (std::uint32_t i = first; i <= last; ++i) plain.erase(i);
			}
			std::vector<std::uint32_t> members;
			std::uint32_t end = 0;
			for (const auto& [begin, back] : set.runs()) {
				ASSERT_TRUE(members.empty() || begin > end + 1) << "runs overlap or touch";
				for (std::uint32_t i = begin; i <= back; ++i) members.push_back(i);
				end = back;
			}
			ASSERT_EQ(members, std::vector<std::uint32_t>(plain.begin(), plain.end()));
			ASSERT_EQ(set.contains(first), plain.contains(first));
		}
	}
}

}  // namespace
}  // namespace ospt
