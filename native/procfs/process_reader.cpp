// SPDX-License-Identifier: MIT

#include "procfs/process_reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "core/unique_fd.h"
#include "procfs/read_file.h"
#include "procfs/text.h"

namespace ospt {
namespace {

constexpr std::size_t kLargestStat = 4096;
// Lists of processors and memory nodes make it long on large machines.
constexpr std::size_t kLargestStatus = 1 << 18;

std::int64_t read_clock(clockid_t clock) {
	timespec time{};
	if (::clock_gettime(clock, &time) != 0) return -1;
	return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

// The clock of the processor time of a process; -1 when it has ended. It is the one of
// clock_getcpuclockid(3), which would spend a system call on finding out whether the process is there.
std::int64_t read_cpu_clock(pid_t pid) {
	constexpr clockid_t kScheduled = 2;  // CPUCLOCK_SCHED of the kernel: nanoseconds on a processor
	return read_clock(static_cast<clockid_t>(~static_cast<unsigned>(pid) << 3U) | kScheduled);
}

struct Clocks {
	std::int64_t now = 0;
	std::int64_t cpu = -1;
};

// Usage is told as processor time per time, so both must be of the same moment: again, if the scheduler came
// between.
Clocks read_clocks(pid_t pid) {
	constexpr std::int64_t kSameMoment = 100'000;
	Clocks clocks;
	for (int attempt = 0; attempt < 5; ++attempt) {
		clocks.now = read_clock(CLOCK_BOOTTIME);
		clocks.cpu = read_cpu_clock(pid);
		if (read_clock(CLOCK_BOOTTIME) - clocks.now < kSameMoment) break;
	}
	return clocks;
}

struct CloseDirectory {
	void operator()(DIR* directory) const { ::closedir(directory); }
};

// Gone and refused are no errors here; `facts` then says that there is nothing.
SystemError nothing_or_error(const ReadResult& result, std::optional<ProcessFacts>& facts) {
	facts.reset();
	return result.error;
}

}  // namespace

ProcessReader::ProcessReader(std::string root) : proc_(std::move(root)), live_(proc_.empty()) {
	proc_ += "/proc";
}

std::int64_t ProcessReader::ticks_per_second() {
	return ::sysconf(_SC_CLK_TCK);
}

SystemError ProcessReader::list(std::vector<pid_t>& pids) const {
	pids.clear();
	const std::unique_ptr<DIR, CloseDirectory> directory(::opendir(proc_.c_str()));
	if (!directory) return {"opendir", errno};
	for (;;) {
		errno = 0;
		const dirent* entry = ::readdir(directory.get());
		if (entry == nullptr) break;
		const auto pid = to_number<pid_t>(static_cast<const char*>(entry->d_name));
		if (pid && *pid > 0) pids.push_back(*pid);
	}
	if (errno != 0) return {"readdir", errno};
	// This process at least would be there: what is mounted is no proc.
	if (pids.empty()) return {"readdir", ENOENT};
	// procfs gives them in this order; a recorded tree may not.
	std::sort(pids.begin(), pids.end());
	return {};
}

SystemError ProcessReader::read(pid_t pid, const ProcessParts& parts, std::optional<ProcessFacts>& facts) {
	facts.reset();
	const std::string path = proc_ + '/' + std::to_string(pid);
	const UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (!directory) return read_failure("open", errno).error;
	if (const auto error = read_stat(directory.get(), pid, parts.cpu_clock, facts); error || !facts)
		return error;
	if (parts.status) {
		struct stat owner {};
		if (::fstat(directory.get(), &owner) == 0) facts->uid = owner.st_uid;
		if (const auto error = read_status(directory.get(), facts); error || !facts) return error;
	}
	if (parts.command) {
		if (const auto error = read_command(directory.get(), parts.command_limit, *facts)) return error;
	}
	if (parts.directory) {
		const ReadResult result = read_link_at(directory.get(), "cwd", text_);
		if (result.outcome == ReadOutcome::Failed) return result.error;
		// "Gone": a process that is ending has no working directory.
		if (result.done()) facts->directory = text_;
	}
	return {};
}

SystemError ProcessReader::read_stat(int directory, pid_t pid, bool cpu_clock,
									 std::optional<ProcessFacts>& facts) {
	const auto [now, cpu] = cpu_clock && live_ ? read_clocks(pid) : Clocks{read_clock(CLOCK_BOOTTIME), -1};
	const ReadResult result = read_file_at(directory, "stat", text_, kLargestStat);
	if (!result.done()) return nothing_or_error(result, facts);
	const auto stat = parse_process_stat(text_);
	// Of another number, or cut off in the middle: nothing that could be trusted.
	if (!stat || stat->pid != pid) return {};
	facts.emplace();
	facts->stat = *stat;
	facts->name = stat->name;
	facts->stat.name = {};
	facts->read_ns = now;
	const auto ticks = static_cast<std::int64_t>(stat->user_ticks + stat->system_ticks);
	facts->cpu_ns = cpu >= 0 ? cpu : ticks * (1'000'000'000 / ticks_per_second());
	return {};
}

SystemError ProcessReader::read_status(int directory, std::optional<ProcessFacts>& facts) {
	const ReadResult result = read_file_at(directory, "status", text_, kLargestStatus);
	if (result.outcome == ReadOutcome::Refused) return {};
	if (!result.done()) return nothing_or_error(result, facts);
	const auto status = parse_process_status(text_);
	if (!status) return {};
	facts->status_known = true;
	facts->uid = status->uid;
	facts->memory = status->memory;
	facts->cpus_allowed = status->cpus_allowed;
	return {};
}

SystemError ProcessReader::read_command(int directory, std::size_t limit, ProcessFacts& facts) {
	// One byte more than is wanted tells whether there is more.
	const ReadResult result = read_file_at(directory, "cmdline", text_, limit + 1);
	if (result.outcome == ReadOutcome::Failed) return result.error;
	if (!result.done()) return {};
	facts.command_cut = text_.size() > limit;
	facts.command.emplace(text_, 0, limit);
	return {};
}

}  // namespace ospt
