// SPDX-License-Identifier: MIT
//
// The wire form is taken apart by hand here, as the launcher does it.

#include "engine/launch_pattern.h"

#include <gtest/gtest.h>

#include <cstring>

#include "support/requests.h"

namespace ospt {
namespace {

class Decoded {
  public:
	Decoded(const LaunchRequest& request, std::uint32_t slot, std::uint32_t task = 0) {
		EXPECT_TRUE(LaunchPattern(request).encode(slot, task, bytes_));
		std::memcpy(&header, bytes_.data(), sizeof header);
	}
	std::string text(std::uint64_t offset) const {
		EXPECT_LT(offset, bytes_.size());
		return bytes_.data() + offset;
	}
	std::vector<std::string> table(std::uint32_t offset, std::uint32_t count) const {
		EXPECT_EQ(offset % 8, 0U) << "the launcher reads the tables as 64-bit numbers";
		std::vector<std::string> values;
		for (std::uint32_t i = 0; i < count; ++i) values.push_back(text(entry(offset, i)));
		EXPECT_EQ(entry(offset, count), 0U) << "the table ends with a 0";
		return values;
	}
	std::size_t size() const { return bytes_.size(); }

	WireRequest header;

  private:
	std::uint64_t entry(std::uint32_t table, std::uint32_t index) const {
		std::uint64_t value = 0;
		EXPECT_LE(table + (index + 1) * sizeof value, bytes_.size());
		std::memcpy(&value, bytes_.data() + table + index * sizeof value, sizeof value);
		return value;
	}
	std::vector<char> bytes_;
};

TEST(LaunchPattern, KeepsEveryStringAndItsOrder) {
	LaunchRequest request = test::command({"/bin/echo", "one", "", "two words", "ü"});
	request.env = {"A=1", "B=", "C==x"};
	request.search_path = "/usr/bin:/bin";
	request.working_directory = "/tmp/a dir";
	const Decoded decoded(request, 17);
	EXPECT_EQ(decoded.header.magic, kWireMagic);
	EXPECT_EQ(decoded.header.size, decoded.size());
	EXPECT_EQ(decoded.header.flags, 0U);
	EXPECT_EQ(decoded.header.slot, 17U);
	EXPECT_EQ(decoded.text(decoded.header.path), "/bin/echo");
	EXPECT_EQ(decoded.text(decoded.header.search_path), "/usr/bin:/bin");
	EXPECT_EQ(decoded.text(decoded.header.working_directory), "/tmp/a dir");
	EXPECT_EQ(decoded.header.argc, 5U);
	EXPECT_EQ(decoded.table(decoded.header.argv, decoded.header.argc), request.argv);
	EXPECT_EQ(decoded.header.envc, 3U);
	EXPECT_EQ(decoded.table(decoded.header.envp, decoded.header.envc), request.env);
}

TEST(LaunchPattern, EncodesEmptyLists) {
	LaunchRequest request;
	request.path = "/bin/true";
	const Decoded decoded(request, 0);
	EXPECT_EQ(decoded.header.argc, 0U);
	EXPECT_TRUE(decoded.table(decoded.header.argv, 0).empty());
	EXPECT_EQ(decoded.header.envc, 0U);
	EXPECT_TRUE(decoded.table(decoded.header.envp, 0).empty());
	EXPECT_NE(decoded.header.argv, decoded.header.envp);
}

TEST(LaunchPattern, MarksAMissingSearchPathWithZero) {
	EXPECT_EQ(Decoded(test::command({"/bin/true"}), 0).header.search_path, 0U);
}

TEST(LaunchPattern, EncodesTheStreams) {
	LaunchRequest request = test::command({"/bin/true"});
	request.streams[0] = test::file_stream("/tmp/in");
	request.streams[1] = test::tracker_stream(2);
	request.streams[2].kind = StreamKind::Stdout;
	const Decoded decoded(request, 0);
	EXPECT_EQ(decoded.header.streams[0].kind, StreamKind::File);
	EXPECT_EQ(decoded.text(decoded.header.streams[0].value), "/tmp/in");
	EXPECT_EQ(decoded.header.streams[1].kind, StreamKind::Tracker);
	EXPECT_EQ(decoded.header.streams[1].value, 2U);
	EXPECT_EQ(decoded.header.streams[2].kind, StreamKind::Stdout);
}

TEST(LaunchPattern, ReusesItsBufferForAShorterRequest) {
	std::vector<char> buffer;
	ASSERT_TRUE(LaunchPattern(test::command({"/bin/echo", std::string(1000, 'x')})).encode(0, 0, buffer));
	const std::size_t large = buffer.size();
	ASSERT_TRUE(LaunchPattern(test::command({"/bin/true"})).encode(0, 0, buffer));
	EXPECT_LT(buffer.size(), large);
	WireRequest header;
	std::memcpy(&header, buffer.data(), sizeof header);
	EXPECT_EQ(header.size, buffer.size());
}

std::string marked(const std::string& head, const std::string& tail = {}) {
	return head + kIndexMark + tail;
}

TEST(LaunchPattern, PutsTheIndexInPlaceOfEveryMark) {
	LaunchRequest request = test::command({"/bin/echo", "fixed"});
	request.env = {marked("JOB_ID=3."), "FIXED=1", marked(marked("TWICE=", "-"))};
	request.working_directory = marked("/tmp/", "/work");
	request.streams[0] = test::file_stream(marked("/tmp/in."));
	request.streams[1] = test::file_stream("/tmp/out");
	request.streams[1].kind = StreamKind::Append;
	request.streams[2] = test::file_stream(marked("/tmp/", "/err"));
	const Decoded decoded(request, 5, 4294967295U);
	EXPECT_EQ(decoded.header.size, decoded.size());
	EXPECT_EQ(decoded.header.slot, 5U);
	EXPECT_EQ(decoded.table(decoded.header.argv, decoded.header.argc), request.argv);
	EXPECT_EQ(decoded.table(decoded.header.envp, decoded.header.envc),
			  (std::vector<std::string>{"JOB_ID=3.4294967295", "FIXED=1", "TWICE=4294967295-4294967295"}));
	EXPECT_EQ(decoded.text(decoded.header.working_directory), "/tmp/4294967295/work");
	EXPECT_EQ(decoded.text(decoded.header.streams[0].value), "/tmp/in.4294967295");
	EXPECT_EQ(decoded.header.streams[1].kind, StreamKind::Append);
	EXPECT_EQ(decoded.text(decoded.header.streams[1].value), "/tmp/out");
	EXPECT_EQ(decoded.text(decoded.header.streams[2].value), "/tmp/4294967295/err");
}

TEST(LaunchPattern, GivesEveryTaskItsOwnRequest) {
	LaunchRequest request = test::command({"/bin/true"});
	request.env = {marked("TASK_ID=")};
	const LaunchPattern pattern(request);
	std::vector<char> first;
	std::vector<char> again;
	std::vector<char> other;
	ASSERT_TRUE(pattern.encode(0, 7, first));
	ASSERT_TRUE(pattern.encode(0, 8, other));
	ASSERT_TRUE(pattern.encode(0, 7, again));
	EXPECT_EQ(first, again);
	EXPECT_NE(first, other);
}

}  // namespace
}  // namespace ospt
