// SPDX-License-Identifier: MIT

#include "engine/guard_table.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "core/proc_stat.h"
#include "support/files.h"
#include "support/processes.h"

namespace ospt {
namespace {

// As the launcher sees it: through the descriptor, at its size of now.
std::vector<std::pair<pid_t, std::uint64_t>> seen_from_outside(const GuardTable& table) {
	struct stat file {};
	::fstat(table.fd(), &file);
	const auto size = static_cast<std::size_t>(file.st_size);
	void* memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, table.fd(), 0);
	const auto* entries = static_cast<const GuardEntry*>(memory);
	std::vector<std::pair<pid_t, std::uint64_t>> found;
	for (std::size_t i = 0; i < size / sizeof(GuardEntry); ++i) {
		if (entries[i].group.load() != 0) {
			found.emplace_back(entries[i].group.load(), entries[i].leader_start_time.load());
		}
	}
	::munmap(memory, size);
	return found;
}

class GuardTableTest : public test::CleanTest {
  protected:
	void SetUp() override {
		CleanTest::SetUp();
		table_.emplace();
		ASSERT_FALSE(table_->open());
	}
	void TearDown() override {
		table_.reset();
		CleanTest::TearDown();
	}
	GuardTable& table() { return *table_; }

  private:
	std::optional<GuardTable> table_;
};

TEST_F(GuardTableTest, IsNotInUseUntilAGroupIsAdded) {
	EXPECT_FALSE(table().in_use());
	EXPECT_TRUE(seen_from_outside(table()).empty());
}

TEST_F(GuardTableTest, ShowsAGroupWithTheStartTimeOfItsLeader) {
	const std::size_t index = table().add(::getpid());
	EXPECT_TRUE(table().in_use());
	const std::string stat = test::read_file("/proc/self/stat");
	const auto seen = seen_from_outside(table());
	ASSERT_EQ(seen.size(), 1U);
	EXPECT_EQ(seen[0].first, ::getpid());
	EXPECT_EQ(seen[0].second, parse_start_time(stat.data(), stat.size()));
	table().remove(index);
	EXPECT_FALSE(table().in_use());
	EXPECT_TRUE(seen_from_outside(table()).empty());
}

TEST_F(GuardTableTest, GivesPlacesThatWereFreedAgain) {
	const std::size_t first = table().add(::getpid());
	const std::size_t second = table().add(::getpid());
	EXPECT_NE(first, second);
	table().remove(first);
	EXPECT_EQ(table().add(::getpid()), first);
	EXPECT_NE(table().add(::getpid()), second);
}

TEST_F(GuardTableTest, GrowsAndKeepsWhatItHolds) {
	const std::size_t entries = 5000;
	std::set<std::size_t> places;
	for (std::size_t i = 0; i < entries; ++i) {
		ASSERT_FALSE(table().reserve(i + 1));
		places.insert(table().add(::getpid()));
	}
	EXPECT_EQ(places.size(), entries) << "every group has a place of its own";
	const auto seen = seen_from_outside(table());
	EXPECT_EQ(seen.size(), entries);
	for (const auto& [group, start] : seen) EXPECT_EQ(group, ::getpid());
	for (const std::size_t place : places) table().remove(place);
	EXPECT_FALSE(table().in_use());
	EXPECT_TRUE(seen_from_outside(table()).empty());
}

TEST_F(GuardTableTest, KnowsNoStartTimeForALeaderThatIsGone) {
	const pid_t pid = test::start_bystander({"/bin/true"});
	test::wait_for(pid);
	table().add(pid);
	const auto seen = seen_from_outside(table());
	ASSERT_EQ(seen.size(), 1U);
	EXPECT_EQ(seen[0].second, 0U);
}

}  // namespace
}  // namespace ospt
