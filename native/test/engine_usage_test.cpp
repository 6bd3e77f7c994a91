// SPDX-License-Identifier: MIT
//
// What a job is said to have used is its own, whatever the tracker holds.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "support/engine_harness.h"

namespace ospt::test {
namespace {

class EngineUsage : public EngineTest {};

long milliseconds(const timeval& time) {
	return time.tv_sec * 1000 + time.tv_usec / 1000;
}

TEST_F(EngineUsage, HasNotThePeakMemoryOfTheTracker) {
	constexpr std::size_t kBallast = 300UL << 20;
	void* ballast =
		::mmap(nullptr, kBallast, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	ASSERT_NE(ballast, MAP_FAILED);
	const JobKey job = engine().submit(command({"/bin/true"}));
	const long kilobytes = engine().ended(job).usage.ru_maxrss;
	::munmap(ballast, kBallast);
	EXPECT_GT(kilobytes, 0);
	EXPECT_LT(kilobytes, 2560);
}

TEST_F(EngineUsage, HasThePeakMemoryOfTheJob) {
	// dd holds one block in memory.
	const JobKey job =
		engine().submit(command({"/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1"}));
	const ExitRecord record = engine().ended(job);
	EXPECT_EQ(record.status, 0);
	EXPECT_GT(record.usage.ru_maxrss, 64 * 1024);
	EXPECT_LT(record.usage.ru_maxrss, 80 * 1024);
}

TEST_F(EngineUsage, HasTheCpuTimeOfTheJob) {
	const ExitRecord record = engine().ended(engine().submit(probe({"burn", "300"})));
	EXPECT_GE(milliseconds(record.usage.ru_utime), 300);
	EXPECT_LT(milliseconds(record.usage.ru_utime), 600);
	EXPECT_GE(record.finished_ns - record.dispatched_ns, 300'000'000);
}

TEST_F(EngineUsage, HasTheCpuTimeOfTheJobsChildren) {
	const std::string burn = std::string(OSPT_PROBE) + " burn 200";
	const ExitRecord record = engine().ended(engine().submit(shell(burn + "; " + burn)));
	EXPECT_GE(milliseconds(record.usage.ru_utime), 400);
}

TEST_F(EngineUsage, IsThatOfEachJobAlone) {
	const JobKey busy = engine().submit(probe({"burn", "300"}));
	const JobKey idle = engine().submit(command({"/bin/sleep", "0.3"}));
	EXPECT_LT(milliseconds(engine().ended(idle).usage.ru_utime), 100);
	EXPECT_GE(milliseconds(engine().ended(busy).usage.ru_utime), 300);
}

}  // namespace
}  // namespace ospt::test
