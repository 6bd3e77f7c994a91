// SPDX-License-Identifier: MIT

#include "core/proc_stat.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/files.h"

namespace ospt {
namespace {

std::uint64_t parse(std::string_view text) {
	return parse_start_time(text.data(), text.size());
}

// Fields 3 to 21 of /proc/PID/stat, and what follows field 22.
constexpr std::string_view kBefore = " S 1 42 42 0 -1 4194560 90 0 0 0 1 2 3 4 20 0 1 0 ";
constexpr std::string_view kAfter = " 2584576 230 18446744073709551615 0 0";

std::string stat_of(std::string_view name, std::string_view start_time) {
	std::string text = "42 (";
	return text.append(name).append(")").append(kBefore).append(start_time).append(kAfter);
}

TEST(ParseStartTime, ReadsField22) {
	EXPECT_EQ(parse(stat_of("sleep", "123456789")), 123456789U);
}

TEST(ParseStartTime, ReadsNumbersBeyond32Bits) {
	EXPECT_EQ(parse(stat_of("sleep", "9007199254740993")), 9007199254740993U);
}

TEST(ParseStartTime, IsNotMisledByNamesWithSpacesAndParentheses) {
	for (const char* name : {"a b c", ") 1 2 (", "((", "))", "", ") S 1 1 1 1 1 1 1 1 1 1 1 1", "\n"}) {
		EXPECT_EQ(parse(stat_of(name, "77")), 77U) << name;
	}
}

TEST(ParseStartTime, GivesZeroForTextThatEndsTooEarly) {
	const std::string whole = stat_of("sleep", "77");
	const std::size_t field22 = whole.find("77");
	for (std::size_t length = 0; length <= field22; ++length) {
		EXPECT_EQ(parse(std::string_view(whole).substr(0, length)), 0U) << length;
	}
	EXPECT_EQ(parse("no such form at all"), 0U);
}

TEST(ParseStartTime, ReadsTheKernelsOwnText) {
	const std::string text = test::read_file("/proc/self/stat");
	EXPECT_GT(parse(text), 0U);
}

}  // namespace
}  // namespace ospt
