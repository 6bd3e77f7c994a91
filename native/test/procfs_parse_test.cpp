// SPDX-License-Identifier: MIT
//
// The parsers of procfs/: text in, values out.

#include <gtest/gtest.h>

#include <string>

#include "procfs/cpu_list.h"
#include "procfs/mount_table.h"
#include "procfs/process_stat.h"
#include "procfs/process_status.h"
#include "procfs/text.h"
#include "support/files.h"

namespace ospt {
namespace {

// All fields differ, so that none can be taken for another.
std::string stat_of(const std::string& name, const std::string& state = "S") {
	return "42 (" + name + ") " + state +
		   " 7 8 9 10 11 2097152 13 14 15 16 170 180 19 20 21 -5 23 24 2500 26000 27 18446744073709551615 29 "
		   "30\n";
}

TEST(ParseProcessStat, ReadsTheFieldsOfProcPidStat) {
	const std::string text = stat_of("sleep");
	const auto stat = parse_process_stat(text);
	ASSERT_TRUE(stat);
	EXPECT_EQ(stat->pid, 42);
	EXPECT_EQ(stat->name, "sleep");
	EXPECT_EQ(stat->state, 'S');
	EXPECT_EQ(stat->parent, 7);
	EXPECT_EQ(stat->group, 8);
	EXPECT_EQ(stat->session, 9);
	EXPECT_TRUE(stat->kernel_thread);
	EXPECT_EQ(stat->user_ticks, 170U);
	EXPECT_EQ(stat->system_ticks, 180U);
	EXPECT_EQ(stat->children_user_ticks, 19);
	EXPECT_EQ(stat->children_system_ticks, 20);
	EXPECT_EQ(stat->nice, -5);
	EXPECT_EQ(stat->threads, 23);
	EXPECT_EQ(stat->start_ticks, 2500U);
	EXPECT_EQ(stat->virtual_bytes, 26000U);
	EXPECT_EQ(stat->resident_pages, 27);
}

TEST(ParseProcessStat, TakesNamesOfAnyKind) {
	for (const char* name :
		 {"a b c", ") S 1 (", "((", "))", "", ") S 1 1 1 1 1", "\n", "\xff\xfe", "1 (2) 3"}) {
		const std::string text = stat_of(name);
		const auto stat = parse_process_stat(text);
		ASSERT_TRUE(stat) << name;
		EXPECT_EQ(stat->name, name);
		EXPECT_EQ(stat->parent, 7) << name;
	}
}

TEST(ParseProcessStat, RefusesTextThatEndsTooEarly) {
	const std::string whole = stat_of("sleep");
	// Up to the last digit but one of the last field that is read.
	const std::size_t end = whole.find(" 27 ") + 1;
	for (std::size_t length = 0; length <= end; ++length) {
		EXPECT_FALSE(parse_process_stat(std::string_view(whole).substr(0, length))) << length;
	}
	EXPECT_TRUE(parse_process_stat(std::string_view(whole).substr(0, end + 2)));
}

TEST(ParseProcessStat, RefusesWhatIsNoNumber) {
	for (const char* text :
		 {"x (a) S 7 8 9 10 11 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
		  "1 (a) SS 7 8 9 10 11 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
		  "1 (a) S 7 8 9 10 11 1 1 1 1 1 x 1 1 1 1 1 1 1 1 1 1",
		  "1 (a) S 99999999999999999999 8 9 10 11 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", ")(", "((", "))"}) {
		EXPECT_FALSE(parse_process_stat(text)) << text;
	}
}

TEST(ParseProcessStat, KnowsWhatHasEnded) {
	const auto ended = [](const std::string& text) { return parse_process_stat(text)->ended(); };
	EXPECT_FALSE(ended(stat_of("a", "S")));
	EXPECT_FALSE(ended(stat_of("a", "T")));
	EXPECT_TRUE(ended(stat_of("a", "X")));
	EXPECT_FALSE(ended(stat_of("a", "Z"))) << "23 threads: only the first has ended";
	std::string zombie = stat_of("a", "Z");
	zombie.replace(zombie.find(" 23 "), 4, " 1 ");
	EXPECT_TRUE(ended(zombie));
}

TEST(ParseProcessStatus, ReadsUserMemoryAndProcessors) {
	const auto status = parse_process_status(
		"Name:\ta\\nUid:\nUmask:\t0022\nUid:\t1000\t1001\t1002\t1003\nVmLck:\t       1 kB\nVmHWM:\t      20 "
		"kB\n"
		"VmRSS:\t      19 kB\nVmData:\t     300 kB\nVmStk:\t     132 kB\nVmSwap:\t       7 kB\n"
		"Cpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\n");
	ASSERT_TRUE(status);
	EXPECT_EQ(status->uid, 1000U) << "the real one";
	EXPECT_EQ(status->memory.resident, 19U * 1024);
	EXPECT_EQ(status->memory.peak_resident, 20U * 1024);
	EXPECT_EQ(status->memory.data, 300U * 1024);
	EXPECT_EQ(status->memory.stack, 132U * 1024);
	EXPECT_EQ(status->memory.locked, 1U * 1024);
	EXPECT_EQ(status->memory.swapped, 7U * 1024);
	EXPECT_EQ(status->cpus_allowed, "0-3,8");
}

TEST(ParseProcessStatus, OfAKernelThreadHasNoMemory) {
	const auto status = parse_process_status("Name:\tkthreadd\nUid:\t0\t0\t0\t0\nCpus_allowed_list:\t0-1\n");
	ASSERT_TRUE(status);
	EXPECT_EQ(status->memory.resident, 0U);
	EXPECT_EQ(status->memory.peak_resident, 0U);
}

TEST(ParseProcessStatus, RefusesTextWithoutAUser) {
	EXPECT_FALSE(parse_process_status(""));
	EXPECT_FALSE(parse_process_status("Name:\ta\nUid:\n"));
	EXPECT_FALSE(parse_process_status("Uid:\tx"));
}

TEST(ParseCpuList, ReadsTheListsOfTheKernel) {
	EXPECT_EQ(parse_cpu_list("0"), CpuSet({0}));
	EXPECT_EQ(parse_cpu_list("0-3,8,10-11\n"), CpuSet({0, 1, 2, 3, 8, 10, 11}));
	EXPECT_EQ(parse_cpu_list(" \n"), CpuSet());
	for (const char* text : {"a", "1-", "-1", "3-1", "1,,2", "1 2", "0-99999999", "4294967296", "0-3:1/2"}) {
		EXPECT_FALSE(parse_cpu_list(text)) << text;
	}
}

TEST(ParseCpuList, SpellsOut) {
	EXPECT_EQ(spell_out({}), "");
	EXPECT_EQ(spell_out({0, 1, 10}), "0 1 10");
	EXPECT_EQ(intersection({0, 1, 2}, {1, 2, 3}), CpuSet({1, 2}));
}

TEST(ParseMountTable, ReadsMountsWithAndWithoutOptionalFields) {
	const auto mounts = parse_mount_table(
		"31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
		"40 30 0:37 /docker/a\\040b /mnt/a\\134b rw shared:1 master:2 - cgroup2 cgroup2 rw,nsdelegate\n"
		"nonsense\n\n");
	ASSERT_EQ(mounts.size(), 2U);
	EXPECT_EQ(mounts[0].root, "/");
	EXPECT_EQ(mounts[0].point, "/sys/fs/cgroup/cpu,cpuacct");
	EXPECT_EQ(mounts[0].type, "cgroup");
	EXPECT_TRUE(mounts[0].has_option("cpu"));
	EXPECT_TRUE(mounts[0].has_option("cpuacct"));
	EXPECT_FALSE(mounts[0].has_option("cpuset"));
	EXPECT_EQ(mounts[1].root, "/docker/a b");
	EXPECT_EQ(mounts[1].point, "/mnt/a\\b");
	EXPECT_EQ(mounts[1].type, "cgroup2");
}

TEST(ParseMountTable, ReadsTheKernelsOwnText) {
	const auto mounts = parse_mount_table(test::read_file("/proc/self/mountinfo"));
	bool has_proc = false;
	for (const Mount& mount : mounts) has_proc = has_proc || (mount.point == "/proc" && mount.type == "proc");
	EXPECT_TRUE(has_proc);
}

TEST(ToNumber, TakesAllOfTheTextOrNothing) {
	EXPECT_EQ(to_number<int>("-12"), -12);
	EXPECT_EQ(to_number<double>("0.52"), 0.52);
	for (const char* text : {"", " 1", "1 ", "1x", "+1", "99999999999"})
		EXPECT_FALSE(to_number<int>(text)) << text;
	EXPECT_FALSE(to_number<unsigned>("-1"));
}

}  // namespace
}  // namespace ospt
