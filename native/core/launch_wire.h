// SPDX-License-Identifier: MIT
//
// launch_wire: a launch request as it travels from the engine to the launcher.
//
//  - One SOCK_SEQPACKET packet: a WireRequest, then the tables, then the strings. All references are byte
//    offsets from the start of the request. With the packet comes the write end of the report pipe
//    (SCM_RIGHTS).
//  - A request that does not fit a packet travels in a memfd; the packet then is the bare WireRequest with
//    kBodyInMemfd set, and the memfd comes as a second descriptor.
//  - Both programs are built together and talk over a private socket: there is one version, marked by
//    kWireMagic.

#pragma once

#include <cstdint>

namespace ospt {

inline constexpr std::uint32_t kWireMagic = 0x4f535054;  // "OSPT"
inline constexpr std::uint32_t kPacketBytes = 32 * 1024;

enum WireFlags : std::uint32_t {
	kBodyInMemfd = 1,
	// Not a launch: the launcher leaves, and lets the guarded jobs live. Another launcher follows it.
	kRetire = 2,
};

enum class StreamKind : std::uint32_t {
	Null = 0,     // /dev/null
	File = 1,     // opened by the new process itself
	Tracker = 2,  // one of the tracker's own standard streams
	Stdout = 3,   // standard error only: the same open file description as standard output
	Append = 4,   // an output file that is not truncated: the tasks of an array share it
};

struct WireStream {
	StreamKind kind;
	std::uint32_t value;  // File, Append: offset of the path; Tracker: 0, 1 or 2
};

inline constexpr std::uint32_t kKeepUmask = ~std::uint32_t{0};

struct WireRequest {
	std::uint32_t magic;
	std::uint32_t size;  // of the whole request, this header included
	std::uint32_t flags;
	std::uint32_t slot;
	std::uint32_t path;
	std::uint32_t search_path;  // 0: `path` is used as it is
	std::uint32_t working_directory;
	std::uint32_t argc;
	std::uint32_t
		argv;  // table of argc offsets and a 0, 64 bits each: the new process turns them into pointers
	std::uint32_t envc;
	std::uint32_t envp;  // table of envc offsets and a 0
	WireStream streams[3];
	std::uint32_t umask;  // or kKeepUmask: the launcher's own
};
static_assert(sizeof(WireRequest) % 8 == 0, "the tables that follow are 64-bit aligned");

// Descriptors of the launcher program. The engine installs the first three, the launcher the rest.
inline constexpr int kSocketFd = 3;
inline constexpr int kPageFd = 4;
inline constexpr int kGuardFd = 5;
inline constexpr int kTrackerStreamFd = 6;  // 6, 7, 8: the tracker's standard streams

}  // namespace ospt
