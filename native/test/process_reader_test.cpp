// SPDX-License-Identifier: MIT
//
// The readers of processes, on the processes of this machine and on recorded trees.

#include "procfs/process_reader.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "core/unique_fd.h"
#include "procfs/process_table.h"
#include "support/deadline.h"
#include "support/files.h"
#include "support/processes.h"

namespace ospt {
namespace {

constexpr ProcessParts kAll{true, true, true, true, 1 << 20};

std::size_t column(std::string_view name) {
	return static_cast<std::size_t>(std::find(kProcessColumns.begin(), kProcessColumns.end(), name) -
									kProcessColumns.begin());
}

double value(const ProcessTable& table, std::size_t row, std::string_view name) {
	return table.numbers.at(row * kProcessColumns.size() + column(name));
}

std::size_t rows(const ProcessTable& table) {
	return table.numbers.size() / kProcessColumns.size();
}

class ProcessReaderTest : public test::CleanTest {
  protected:
	std::optional<ProcessFacts> read(pid_t pid, const ProcessParts& parts = kAll) {
		std::optional<ProcessFacts> facts;
		EXPECT_FALSE(reader_.read(pid, parts, facts));
		return facts;
	}
	ProcessReader& reader() { return reader_; }

  private:
	ProcessReader reader_{""};
};

TEST_F(ProcessReaderTest, ListsThisProcess) {
	std::vector<pid_t> pids;
	ASSERT_FALSE(reader().list(pids));
	EXPECT_TRUE(std::is_sorted(pids.begin(), pids.end()));
	EXPECT_TRUE(std::binary_search(pids.begin(), pids.end(), ::getpid()));
}

TEST_F(ProcessReaderTest, ReadsThisProcess) {
	const auto facts = read(::getpid());
	ASSERT_TRUE(facts);
	EXPECT_EQ(facts->stat.pid, ::getpid());
	EXPECT_EQ(facts->stat.parent, ::getppid());
	EXPECT_EQ(facts->stat.group, ::getpgrp());
	EXPECT_EQ(facts->stat.session, ::getsid(0));
	EXPECT_EQ(facts->stat.state, 'R');
	EXPECT_FALSE(facts->stat.ended());
	EXPECT_FALSE(facts->stat.kernel_thread);
	EXPECT_EQ(facts->name, "native-tests");
	EXPECT_EQ(facts->uid, ::getuid());
	EXPECT_TRUE(facts->status_known);
	EXPECT_GT(facts->memory.resident, 1U << 20);
	EXPECT_GE(facts->memory.peak_resident, facts->memory.resident);
	EXPECT_EQ(facts->command, test::read_file("/proc/self/cmdline"));
	EXPECT_FALSE(facts->command_cut);
	EXPECT_EQ(facts->directory, std::filesystem::current_path().string());
}

TEST_F(ProcessReaderTest, ReadsOnlyWhatIsAskedFor) {
	const auto facts = read(::getpid(), {});
	ASSERT_TRUE(facts);
	EXPECT_FALSE(facts->status_known);
	EXPECT_FALSE(facts->uid);
	EXPECT_FALSE(facts->command);
	EXPECT_FALSE(facts->directory);
}

TEST_F(ProcessReaderTest, CutsACommandLineAndSaysSo) {
	ProcessParts parts = kAll;
	parts.command_limit = 3;
	const auto cut = read(::getpid(), parts);
	EXPECT_EQ(cut->command, test::read_file("/proc/self/cmdline").substr(0, 3));
	EXPECT_TRUE(cut->command_cut);
	parts.command_limit = test::read_file("/proc/self/cmdline").size();
	EXPECT_FALSE(read(::getpid(), parts)->command_cut);
	parts.command_limit = 0;
	EXPECT_EQ(read(::getpid(), parts)->command, "");
}

TEST_F(ProcessReaderTest, TimesTheProcessorToTheNanosecond) {
	const auto before = read(::getpid());
	timespec own{};
	::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
	const auto after = read(::getpid());
	const std::int64_t now = static_cast<std::int64_t>(own.tv_sec) * 1'000'000'000 + own.tv_nsec;
	EXPECT_LE(before->cpu_ns, now);
	EXPECT_LE(now, after->cpu_ns);
	EXPECT_LT(before->read_ns, after->read_ns);
}

TEST_F(ProcessReaderTest, TellsTheProcessorsAsTheSchedulerDoes) {
	cpu_set_t allowed;
	ASSERT_EQ(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
	ProcessTable table;
	ASSERT_FALSE(read_processes("", {ProcessSelection::Kind::Pids, {::getpid()}}, kAll, table));
	ASSERT_EQ(rows(table), 1U);
	std::string expected;
	for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
		if (CPU_ISSET(cpu, &allowed)) expected += (expected.empty() ? "" : " ") + std::to_string(cpu);
	}
	EXPECT_EQ(table.processors.at(static_cast<std::size_t>(value(table, 0, "processors"))), expected);
}

TEST_F(ProcessReaderTest, KeepsEveryArgumentOfACommandLine) {
	using namespace std::string_literals;
	const pid_t pid = test::start_bystander({"/bin/sh", "-c", "sleep 60; : 'x y'", "$0 (", ""});
	// A program that has just been executed has no arguments yet.
	std::optional<ProcessFacts> facts;
	ASSERT_TRUE(test::eventually([&] {
		facts = read(pid);
		return facts && facts->command != "";
	}));
	EXPECT_EQ(facts->command, "/bin/sh\0-c\0sleep 60; : 'x y'\0$0 (\0\0"s);
	::kill(-pid, SIGKILL);
	test::wait_for(pid);
}

TEST_F(ProcessReaderTest, AProcessThatIsGoneIsNothing) {
	const pid_t pid = test::start_bystander({"/bin/true"});
	test::wait_for(pid);
	EXPECT_FALSE(read(pid));
	for (const pid_t none : {0, -1, 2147483647}) EXPECT_FALSE(read(none)) << none;
}

TEST_F(ProcessReaderTest, AZombieHasEnded) {
	const pid_t pid = test::start_bystander({"/bin/true"});
	siginfo_t info{};
	ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
	const auto facts = read(pid);
	ASSERT_TRUE(facts);
	EXPECT_EQ(facts->stat.state, 'Z');
	EXPECT_TRUE(facts->stat.ended());
	EXPECT_EQ(facts->command, "");
	EXPECT_FALSE(facts->directory);
	test::wait_for(pid);
}

TEST_F(ProcessReaderTest, AProcessWhoseFirstThreadHasEndedGoesOn) {
	const pid_t pid = ::fork();
	if (pid == 0) {
		pthread_t thread{};
		::pthread_create(
			&thread, nullptr,
			[](void*) -> void* {
				for (;;) ::pause();
			},
			nullptr);
		// Only this thread ends. (pthread_exit would unwind through the tests.)
		::syscall(SYS_exit, 0);
	}
	std::optional<ProcessFacts> facts;
	ASSERT_TRUE(test::eventually([&] {
		facts = read(pid);
		return facts && facts->stat.state == 'Z';
	}));
	EXPECT_FALSE(facts->stat.ended());
	::kill(pid, SIGKILL);
	test::wait_for(pid);
}

TEST_F(ProcessReaderTest, WithoutDescriptorsItIsAnErrorAndNotAnEmptyMachine) {
	rlimit before{};
	ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
	std::vector<UniqueFd> hoard;
	rlimit tight = before;
	tight.rlim_cur = 64;
	ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
	for (;;) {
		UniqueFd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
		if (!fd) break;
		hoard.push_back(std::move(fd));
	}
	ProcessTable table;
	EXPECT_EQ(read_processes("", {}, kAll, table).error, EMFILE);
	// One is enough for the list, and two are needed for a process.
	hoard.pop_back();
	EXPECT_EQ(read_processes("", {}, kAll, table).error, EMFILE);
	hoard.pop_back();
	EXPECT_EQ(read_processes("", {}, kAll, table).error, 0);
	EXPECT_GT(rows(table), 0U);
	::setrlimit(RLIMIT_NOFILE, &before);
}

TEST_F(ProcessReaderTest, FindsTheMembersOfAGroup) {
	const pid_t leader = test::start_bystander({"/bin/sh", "-c", "sleep 60 & sleep 60 & wait"});
	ProcessTable table;
	ASSERT_TRUE(test::eventually([&] {
		return !read_processes("", {ProcessSelection::Kind::Groups, {leader}}, kAll, table) &&
			   rows(table) == 3;
	}));
	for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(value(table, row, "group"), leader);
	EXPECT_EQ(value(table, 0, "pid"), leader);
	::kill(-leader, SIGKILL);
	test::wait_for(leader);
}

TEST_F(ProcessReaderTest, ProcessesThatComeAndGoWhileItReadsAreNoTrouble) {
	std::atomic<bool> stop = false;
	std::thread breeder([&] {
		while (!stop) {
			const pid_t pid = ::vfork();
			if (pid == 0) ::_exit(0);
			::waitpid(pid, nullptr, 0);
		}
	});
	for (int round = 0; round < 50; ++round) {
		ProcessTable table;
		EXPECT_EQ(read_processes("", {}, kAll, table).error, 0);
		bool found = false;
		for (std::size_t row = 0; row < rows(table); ++row)
			found = found || value(table, row, "pid") == ::getpid();
		EXPECT_TRUE(found);
	}
	stop = true;
	breeder.join();
}

TEST_F(ProcessReaderTest, TextsFollowEachOtherInTheTable) {
	ProcessTable table;
	ASSERT_FALSE(read_processes("", {ProcessSelection::Kind::Pids, {::getpid()}}, kAll, table));
	ASSERT_EQ(rows(table), 1U);
	EXPECT_EQ(table.text, "native-tests" + test::read_file("/proc/self/cmdline") +
							  std::filesystem::current_path().string());
	EXPECT_EQ(value(table, 0, "nameLength"), 12);
	EXPECT_EQ(table.uids, std::vector<uid_t>{::getuid()});
	ASSERT_EQ(table.users.size(), 1U);
	EXPECT_FALSE(table.users[0].empty());
}

TEST_F(ProcessReaderTest, ReadsARecordedTree) {
	const test::TempDir root;
	const std::string folder = root / "proc/17";
	std::filesystem::create_directories(folder);
	std::filesystem::create_directories(root / "proc/18");
	std::filesystem::create_directories(root / "sys/devices/system/cpu");
	test::write_file(root / "sys/devices/system/cpu/online", "0-1\n");
	test::write_file(folder + "/stat",
					 "17 (a) b) S 1 17 17 0 -1 0 0 0 0 0 150 50 25 0 20 0 1 0 1000 8192 2 0\n");
	test::write_file(folder + "/status",
					 "Uid:\t4294967\t0\t0\t0\nVmRSS:\t12 kB\nCpus_allowed_list:\t0-127\n");
	test::write_file(folder + "/cmdline", "");
	// Of another process, as if its number had been given away in between.
	test::write_file(root / "proc/18/stat", "19 (x) S 1 1 1 0 -1 0 0 0 0 0 1 5 2 0 20 0 1 0 1000 8192 2 0\n");
	test::write_file(root / "proc/uptime", "1 1\n");
	ProcessTable table;
	ASSERT_FALSE(read_processes(root.path(), {}, kAll, table));
	ASSERT_EQ(rows(table), 1U);
	EXPECT_EQ(value(table, 0, "pid"), 17);
	EXPECT_EQ(value(table, 0, "cpuTime"), 2000) << "ticks: there is no clock of a recorded process";
	EXPECT_EQ(value(table, 0, "startTime"), 10000);
	EXPECT_EQ(value(table, 0, "childrenTime"), 250);
	EXPECT_EQ(value(table, 0, "rss"), 12 * 1024);
	EXPECT_EQ(value(table, 0, "commandLength"), 0);
	EXPECT_EQ(value(table, 0, "directoryLength"), -1);
	EXPECT_EQ(table.text, "a) b");
	EXPECT_EQ(table.users, std::vector<std::string>{"4294967"}) << "a user without a name";
	EXPECT_EQ(table.processors, std::vector<std::string>{"0 1"}) << "those that are online";
}

TEST_F(ProcessReaderTest, WithoutProcItIsAnError) {
	const test::TempDir root;
	ProcessTable table;
	EXPECT_EQ(read_processes(root.path(), {}, kAll, table).error, ENOENT);
	std::filesystem::create_directories(root / "proc");
	EXPECT_EQ(read_processes(root.path(), {}, kAll, table).error, ENOENT) << "nothing is mounted there";
}

}  // namespace
}  // namespace ospt
