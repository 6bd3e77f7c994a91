// SPDX-License-Identifier: MIT
//
// launch_page: memory shared by the engine and the launcher (a memfd that both map).
//
//  - One slot per launch under way. The kernel itself writes the pid of the new process into the slot
//    (CLONE_PARENT_SETTID) before that process runs its first instruction, so a launcher that dies right
//    after the clone leaves no child unknown.
//  - `cancelled` is written by the engine and read by the new process. The engine writes it and then reads
//    `pid`; the new process exists (pid is written) and then reads it: one of the two always sees the other.

#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>

namespace ospt {

struct LaunchSlot {
	std::atomic<pid_t> pid;
	std::atomic<std::uint32_t> cancelled;
	// CLOCK_MONOTONIC in nanoseconds, taken by the launcher just before the clone: the dispatch time of the
	// job.
	std::atomic<std::int64_t> dispatched_ns;
	// Not zero: the process must not outlive Node (see GuardEntry for the time after the launch).
	std::atomic<std::uint32_t> guarded;
	std::uint32_t reserved;
};
static_assert(sizeof(std::atomic<pid_t>) == sizeof(pid_t), "the kernel writes a plain pid_t");
static_assert(sizeof(LaunchSlot) == 24);

// Launches under way at one time; further ones wait in the engine. Slots are reused last-freed-first, so that
// only the pages in use are ever touched.
inline constexpr std::uint32_t kLaunchSlots = 4096;

struct LaunchPage {
	// Soft RLIMIT_NOFILE that jobs get: the one found before the engine raised its own.
	std::uint64_t descriptor_limit;
	LaunchSlot slots[kLaunchSlots];
};

// One running process group that must not outlive Node. The launcher reads the table once: when Node is gone.
struct GuardEntry {
	std::atomic<pid_t> group;  // 0: free
	std::uint32_t reserved;
	// starttime of the group's leader, /proc/PID/stat field 22, in clock ticks: tells it from a later process
	// that was given the same number.
	std::atomic<std::uint64_t> leader_start_time;
};
static_assert(sizeof(GuardEntry) == 16);

}  // namespace ospt
