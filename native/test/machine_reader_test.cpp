// SPDX-License-Identifier: MIT
//
// The machine as it is read, here and in trees that are written like the kernel's. Layouts of real machines
// are tested in test/monitoring.

#include "procfs/machine_reader.h"

#include <gtest/gtest.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "support/files.h"

namespace ospt {
namespace {

class Tree {
  public:
	Tree& with(const std::string& path, const std::string& content) {
		const std::filesystem::path file = root_.path() + path;
		std::filesystem::create_directories(file.parent_path());
		test::write_file(file.string(), content + "\n");
		return *this;
	}
	Tree& cpu(int number, const std::string& package, const std::string& core, bool old_names = false) {
		const std::string folder = "/sys/devices/system/cpu/cpu" + std::to_string(number) + "/topology/";
		return with(folder + (old_names ? "core_siblings_list" : "package_cpus_list"), package)
			.with(folder + (old_names ? "thread_siblings_list" : "core_cpus_list"), core);
	}
	Tree& online(const std::string& list) { return with("/sys/devices/system/cpu/online", list); }
	Topology topology() const {
		TextFiles files(root_.path());
		return read_topology(files);
	}
	CgroupLimits limits() const {
		TextFiles files(root_.path());
		return read_cgroup_limits(files);
	}
	MachineFacts machine() const {
		MachineFacts machine;
		EXPECT_FALSE(read_machine(root_.path(), machine));
		return machine;
	}

  private:
	test::TempDir root_;
};

void expect_layout(const Topology& topology, int sockets, int cores, int threads) {
	EXPECT_EQ(topology.sockets, sockets);
	EXPECT_EQ(topology.cores_per_socket, cores);
	EXPECT_EQ(topology.threads_per_core, threads);
}

TEST(ReadTopology, OneSocketWithAndWithoutThreads) {
	Tree plain;
	plain.online("0-1").cpu(0, "0-1", "0").cpu(1, "0-1", "1");
	expect_layout(plain.topology(), 1, 2, 1);
	Tree threads;
	threads.online("0-3").cpu(0, "0-3", "0,2").cpu(1, "0-3", "1,3").cpu(2, "0-3", "0,2").cpu(3, "0-3", "1,3");
	expect_layout(threads.topology(), 1, 2, 2);
}

TEST(ReadTopology, AnOfflineProcessorDoesNotCount) {
	Tree tree;
	// The kernel takes an offline processor out of the sets and takes its own folder away; here the sets
	// still have it.
	tree.online("0-2").cpu(0, "0-3", "0,2").cpu(1, "0-3", "1,3").cpu(2, "0-3", "0,2");
	expect_layout(tree.topology(), 1, 2, 2);
	EXPECT_EQ(tree.topology().online, CpuSet({0, 1, 2}));
}

TEST(ReadTopology, TwoKindsOfCores) {
	Tree tree;
	tree.online("0-4")
		.cpu(0, "0-4", "0-1")
		.cpu(1, "0-4", "0-1")
		.cpu(2, "0-4", "2")
		.cpu(3, "0-4", "3")
		.cpu(4, "0-4", "4");
	expect_layout(tree.topology(), 1, 4, 2);
}

TEST(ReadTopology, TheNamesBeforeLinux5) {
	Tree tree;
	tree.online("0-1").cpu(0, "0", "0", true).cpu(1, "1", "1", true);
	expect_layout(tree.topology(), 2, 1, 1);
}

TEST(ReadTopology, WithoutSysOnlyTheProcessorsAreKnown) {
	Tree tree;
	tree.with("/proc/stat", "cpu  1 2 3\ncpu0 1 2 3\ncpu2 1 2 3\nctxt 5");
	const Topology topology = tree.topology();
	EXPECT_EQ(topology.online, CpuSet({0, 2}));
	EXPECT_FALSE(topology.sockets);
	EXPECT_FALSE(topology.cores_per_socket);
	EXPECT_FALSE(topology.threads_per_core);
}

constexpr const char* kMount2 = "40 30 0:37 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw";

TEST(ReadCgroupLimits, Version2TakesTheTightestOfAllGroupsAbove) {
	Tree tree;
	tree.with("/proc/self/mountinfo", kMount2).with("/proc/self/cgroup", "0::/a/b");
	tree.with("/sys/fs/cgroup/a/memory.max", "1048576").with("/sys/fs/cgroup/a/b/memory.max", "max");
	tree.with("/sys/fs/cgroup/a/cpu.max", "max 100000").with("/sys/fs/cgroup/a/b/cpu.max", "150000 100000");
	tree.with("/sys/fs/cgroup/a/pids.max", "100").with("/sys/fs/cgroup/a/b/pids.max", "50");
	tree.with("/sys/fs/cgroup/a/b/memory.swap.max", "0")
		.with("/sys/fs/cgroup/a/b/cpuset.cpus.effective", "1-2");
	const CgroupLimits limits = tree.limits();
	EXPECT_TRUE(limits.version2);
	EXPECT_FALSE(limits.version1);
	EXPECT_EQ(limits.memory_bytes, 1048576U);
	EXPECT_EQ(limits.swap_bytes, 0U);
	EXPECT_EQ(limits.processors, 1.5);
	EXPECT_EQ(limits.processes, 50U);
	EXPECT_EQ(limits.cpus, CpuSet({1, 2}));
}

TEST(ReadCgroupLimits, InAContainerThePathIsThatOfTheMountedPart) {
	for (const char* path : {"0::/", "0::/../..", "0::/"}) {
		Tree tree;
		tree.with("/proc/self/mountinfo", kMount2).with("/proc/self/cgroup", path);
		tree.with("/sys/fs/cgroup/memory.max", "4096");
		EXPECT_EQ(tree.limits().memory_bytes, 4096U) << path;
	}
	Tree tree;
	tree.with("/proc/self/mountinfo",
			  "1 0 0:1 /docker/c1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory");
	tree.with("/proc/self/cgroup", "4:memory:/docker/c1");
	tree.with("/sys/fs/cgroup/memory/memory.limit_in_bytes", "8192");
	EXPECT_EQ(tree.limits().memory_bytes, 8192U);
}

TEST(ReadCgroupLimits, Version1HasAHierarchyPerController) {
	Tree tree;
	tree.with("/proc/self/mountinfo",
			  "1 0 0:1 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
			  "2 0 0:2 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
			  "3 0 0:3 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
			  "4 0 0:4 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
			  "5 0 0:5 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd");
	tree.with("/proc/self/cgroup",
			  "5:name=systemd:/s\n4:pids:/p/q\n3:cpuset:/c\n2:memory:/m\n1:cpu,cpuacct:/x/y\n0::/z");
	tree.with("/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us", "50000");
	tree.with("/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us", "100000");
	tree.with("/sys/fs/cgroup/cpu,cpuacct/x/y/cpu.cfs_quota_us", "-1");
	tree.with("/sys/fs/cgroup/cpu,cpuacct/x/y/cpu.cfs_period_us", "100000");
	tree.with("/sys/fs/cgroup/memory/m/memory.limit_in_bytes", "9223372036854771712");
	tree.with("/sys/fs/cgroup/memory/m/memory.stat", "cache 1\nhierarchical_memory_limit 65536\n");
	tree.with("/sys/fs/cgroup/cpuset/c/cpuset.cpus", "0-1")
		.with("/sys/fs/cgroup/cpuset/c/cpuset.effective_cpus", "1");
	tree.with("/sys/fs/cgroup/pids/p/pids.max", "7").with("/sys/fs/cgroup/pids/p/q/pids.max", "max");
	const CgroupLimits limits = tree.limits();
	EXPECT_TRUE(limits.version1);
	EXPECT_FALSE(limits.version2) << "a group of version 2 that is not mounted";
	EXPECT_EQ(limits.processors, 0.5);
	EXPECT_EQ(limits.memory_bytes, 65536U);
	EXPECT_EQ(limits.cpus, CpuSet({1}));
	EXPECT_EQ(limits.processes, 7U);
}

TEST(ReadCgroupLimits, NoLimitIsAbsent) {
	Tree tree;
	tree.with("/proc/self/mountinfo", "2 0 0:2 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory");
	tree.with("/proc/self/cgroup", "2:memory:/");
	tree.with("/sys/fs/cgroup/memory/memory.stat", "hierarchical_memory_limit 9223372036854771712");
	EXPECT_FALSE(tree.limits().memory_bytes);
	EXPECT_FALSE(Tree().limits().version1);
}

TEST(ReadMachine, ReadsTheWordsOfTheKernel) {
	Tree tree;
	tree.with("/proc/loadavg", "0.52 1.58 12.59 3/602 12345").with("/proc/uptime", "350735.47 234388.90");
	tree.with("/proc/meminfo",
			  "MemTotal:       24683620 kB\nMemFree: 1 kB\nMemAvailable:   200 kB\nSwapTotal: 30 "
			  "kB\nSwapFree: 7 kB");
	tree.with("/etc/os-release", "NAME=x\nPRETTY_NAME=\"A \\\"good\\\" system\"");
	const MachineFacts machine = tree.machine();
	EXPECT_EQ(machine.load, (std::array<double, 3>{0.52, 1.58, 12.59}));
	EXPECT_EQ(machine.uptime_seconds, 350735.47);
	EXPECT_EQ(machine.memory_kb, 24683620U);
	EXPECT_EQ(machine.available_memory_kb, 200U);
	EXPECT_EQ(machine.swap_kb, 30U);
	EXPECT_EQ(machine.free_swap_kb, 7U);
	EXPECT_EQ(machine.os_name, "A \"good\" system");
}

TEST(ReadMachine, WhatIsNotToldIsAbsent) {
	Tree tree;
	tree.with("/proc/loadavg", "nonsense").with("/proc/meminfo", "MemTotal:\n");
	const MachineFacts machine = tree.machine();
	EXPECT_FALSE(machine.load);
	EXPECT_FALSE(machine.uptime_seconds);
	EXPECT_FALSE(machine.memory_kb);
	EXPECT_FALSE(machine.swap_kb);
	EXPECT_EQ(machine.os_name, "");
}

TEST(ReadMachine, OfThisMachineAgreesWithTheCLibrary) {
	MachineFacts machine;
	ASSERT_FALSE(read_machine("", machine));
	utsname names{};
	::uname(&names);
	EXPECT_EQ(machine.name, names.nodename);
	EXPECT_EQ(machine.architecture, names.machine);
	EXPECT_EQ(machine.topology.online.size(), static_cast<std::size_t>(::sysconf(_SC_NPROCESSORS_ONLN)));
	EXPECT_EQ(machine.memory_kb, static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
									 static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024);
}

}  // namespace
}  // namespace ospt
