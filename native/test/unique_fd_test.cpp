// SPDX-License-Identifier: MIT

#include "core/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace ospt {
namespace {

int open_null() {
	return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}
bool is_open(int fd) {
	return ::fcntl(fd, F_GETFD) >= 0;
}

TEST(UniqueFd, HoldsNothingUntilItIsGivenADescriptor) {
	const UniqueFd none;
	EXPECT_FALSE(none);
	EXPECT_EQ(none.get(), -1);
}

TEST(UniqueFd, ClosesItsDescriptorAtTheEndOfItsScope) {
	const int fd = open_null();
	{
		const UniqueFd owner(fd);
		EXPECT_TRUE(owner);
		EXPECT_TRUE(is_open(fd));
	}
	EXPECT_FALSE(is_open(fd));
}

TEST(UniqueFd, MovesItsDescriptorWithoutClosingIt) {
	const int fd = open_null();
	UniqueFd first(fd);
	const UniqueFd second(std::move(first));
	EXPECT_EQ(second.get(), fd);
	EXPECT_TRUE(is_open(fd));
	EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): what a move leaves is part of the promise
}

TEST(UniqueFd, ClosesTheOldDescriptorWhenItIsAssignedANewOne) {
	const int old_fd = open_null();
	const int new_fd = open_null();
	UniqueFd owner(old_fd);
	owner = UniqueFd(new_fd);
	EXPECT_FALSE(is_open(old_fd));
	EXPECT_EQ(owner.get(), new_fd);
	EXPECT_TRUE(is_open(new_fd));
}

TEST(UniqueFd, SurvivesAnAssignmentToItself) {
	UniqueFd owner(open_null());
	UniqueFd& same = owner;
	owner = std::move(same);
	EXPECT_TRUE(is_open(owner.get()));
}

TEST(UniqueFd, GivesItsDescriptorAwayOpen) {
	UniqueFd owner(open_null());
	const int fd = owner.release();
	EXPECT_FALSE(owner);
	EXPECT_TRUE(is_open(fd));
	::close(fd);
}

TEST(UniqueFd, ClosesOnReset) {
	UniqueFd owner(open_null());
	const int fd = owner.get();
	owner.reset();
	EXPECT_FALSE(owner);
	EXPECT_FALSE(is_open(fd));
}

}  // namespace
}  // namespace ospt
