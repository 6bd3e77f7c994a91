// SPDX-License-Identifier: MIT
//
// process_table: many processes as columns: numbers in one list, texts in one piece, and what many of them
// have in common (user names, sets of processors) only once. The form in which they cross into another
// language cheaply.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/system_error.h"
#include "procfs/process_reader.h"

namespace ospt {

// The numbers of a process, in this order. Times are milliseconds, sizes bytes; -1 is "not known".
constexpr std::array<std::string_view, 28> kProcessColumns = {
	"pid",     "parent",     "group",         "session",        "state",     "kernelThread",
	"ended",   "threads",    "nice",          "startTicks",     "startTime", "readTime",
	"cpuTime", "userTime",   "systemTime",    "childrenTime",   "uid",       "processors",
	"rss",     "vms",        "peakRss",       "data",           "stack",     "locked",
	"swapped", "nameLength", "commandLength", "directoryLength"};

struct ProcessSelection {
	enum class Kind { All, Pids, Groups } kind = Kind::All;
	// Pids: these processes. Groups: all processes of these process groups, and their leaders.
	std::vector<pid_t> ids;
};

struct ProcessTable {
	std::vector<double> numbers;
	// Of one process after the other: its name, its command, its directory.
	std::string text;
	// What `processors` is an index of: "0 1 2".
	std::vector<std::string> processors;
	// The names of the users in `uids`; a number as text when it has none.
	std::vector<uid_t> uids;
	std::vector<std::string> users;
	// Milliseconds: what CLOCK_REALTIME is ahead of CLOCK_BOOTTIME, by which processes are timed.
	double realtime_ahead = 0;
};

// One pass over the processes; see process_reader.h for what it leaves out.
SystemError read_processes(const std::string& root, const ProcessSelection& selection,
						   const ProcessParts& parts, ProcessTable& table);

}  // namespace ospt
