// SPDX-License-Identifier: MIT
//
// process_reader: reads processes out of /proc.
//
//  - All files of a process are opened through one descriptor of its directory: they are of one and the same
//  process,
//    also when its number is given to another in between.
//  - A process that ends meanwhile is left out. What may not be read is absent. Only what no process can be
//  blamed
//    for, such as a lack of descriptors, is an error.
//  - One descriptor for the list and two for a process are open at a time, whatever the number of processes.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/system_error.h"
#include "procfs/process_stat.h"
#include "procfs/process_status.h"

namespace ospt {

// What is read of a process beside /proc/PID/stat.
struct ProcessParts {
	bool status = false;   // user, exact memory, processors
	bool command = false;  // command line
	bool directory = false;
	bool cpu_clock = false;  // processor time in nanoseconds
	// A longer command line is cut off; no process may fill the memory of whoever looks at it.
	std::size_t command_limit = 0;
};

struct ProcessFacts {
	// Its `name` is empty: the text it would point to is gone.
	ProcessStat stat;
	std::string name;
	// CLOCK_BOOTTIME, taken right before the processor time was read.
	std::int64_t read_ns = 0;
	// Processor time of all its threads: from its clock, or else as exact as ticks are.
	std::int64_t cpu_ns = 0;
	// Known whenever the status was asked for; where that may not be read, it is the effective user.
	std::optional<uid_t> uid;
	bool status_known = false;
	ProcessMemory memory;
	// As the kernel lists them.
	std::string cpus_allowed;
	// Its arguments, each with a NUL behind it; as the process itself shows them.
	std::optional<std::string> command;
	bool command_cut = false;
	std::optional<std::string> directory;
};

class ProcessReader {
  public:
	// `root` is empty, or the directory under which a recorded /proc lies.
	explicit ProcessReader(std::string root);

	// The numbers of all processes that are visible to this user, ascending.
	SystemError list(std::vector<pid_t>& pids) const;

	// Nothing when there is no such process (any more), or when nothing of it may be read.
	SystemError read(pid_t pid, const ProcessParts& parts, std::optional<ProcessFacts>& facts);

	// Of /proc/PID/stat.
	static std::int64_t ticks_per_second();

  private:
	SystemError read_stat(int directory, pid_t pid, bool cpu_clock, std::optional<ProcessFacts>& facts);
	SystemError read_status(int directory, std::optional<ProcessFacts>& facts);
	SystemError read_command(int directory, std::size_t limit, ProcessFacts& facts);

	std::string proc_;
	bool live_;
	std::string text_;
};

}  // namespace ospt
