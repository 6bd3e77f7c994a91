// SPDX-License-Identifier: MIT
//
// os-process-launcher: the small program that creates the jobs of one engine.
//
// Its promises to the engine:
//  - Every job is created as a child of Node itself (CLONE_PARENT): Node waits for it, signals it and gets
//    its usage.
//  - Its own peak memory stays far below 1 MB, whatever it is asked: a job's peak can never be below its
//    launcher's.
//  - It keeps no state. Killed at any moment it takes nothing with it: the pid of a job is in shared memory
//    before the job runs, a launch under way shows as the end of its report pipe.
//  - It leaves when Node is gone, and takes the guarded jobs (killOnExit) with it.
// Its promises to a job: default signal handlers and an empty mask, the descriptor limit that Node was
// started with, no descriptor above 2, /dev/null for every stream that was not asked for.
//
// It runs without a C library (see syscall.h) and answers nothing over its socket.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

#include <atomic>
#include <cstddef>

#include "core/launch_page.h"
#include "core/launch_stage.h"
#include "core/launch_wire.h"
#include "launcher/guard.h"
#include "launcher/job_setup.h"
#include "launcher/syscall.h"

namespace ospt {
namespace {

constexpr std::size_t kStackBytes = 16384;
constexpr std::size_t kBerths = 9;

// Where a request lies while its process is set up. A process that is cloned into our own address space has
// its stack there too, and keeps the berth until it executes its program: the kernel itself then clears
// `busy`.
struct Berth {
	alignas(16) char stack[kStackBytes];
	alignas(16) char packet[kPacketBytes];
	JobSetup setup;
	std::atomic<pid_t> busy;
};
// The first free one is used, so that pages are touched only as they are needed. Nobody would run a
// constructor of it here.
constinit Berth berths[kBerths]{};

LaunchPage* map_launch_page() {
	void* page = sys::mmap(sizeof(LaunchPage), PROT_READ | PROT_WRITE, MAP_SHARED, kPageFd);
	if (sys::failed(page)) sys::exit(1);
	return static_cast<LaunchPage*>(page);
}

// Keeps the tracker's streams for the jobs that ask for them, and puts /dev/null in their place.
void set_streams_aside() {
	for (int stream = 0; stream < 3; ++stream) {
		// A tracker without that stream leaves the place empty: a job that asks for it fails with EBADF.
		sys::dup3(stream, kTrackerStreamFd + stream, O_CLOEXEC);
	}
	// They were inherited through posix_spawn, which cleared the flag.
	for (int fd = kSocketFd; fd <= kGuardFd; ++fd) sys::call(SYS_fcntl, fd, F_SETFD, FD_CLOEXEC);
	const int null = sys::open("/dev/null", O_RDWR);
	if (null < 0) sys::exit(1);
	for (int stream = 0; stream < 3; ++stream) sys::dup3(null, stream, 0);
	if (null > 2) sys::close(null);
	// What Node leaked into us would otherwise be held open for as long as we live.
	sys::close_range(kTrackerStreamFd + 3, ~0U, 0);
}

// posix_spawn leaves those two that the C library keeps for itself as it found them, which may be ignored.
void reset_signals() {
	// As the kernel has it: handler (null is SIG_DFL), flags, restorer, mask.
	const std::uint64_t action[4] = {};
	for (int signal = 1; signal <= 64; ++signal) {
		// SIGKILL and SIGSTOP refuse; they are at their default.
		sys::call(SYS_rt_sigaction, signal, sys::address(action), 0, sizeof(std::uint64_t));
	}
}

void lower_descriptor_limit(const LaunchPage& page) {
	rlimit limit{};
	if (sys::getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
	limit.rlim_cur = page.descriptor_limit < limit.rlim_max ? page.descriptor_limit : limit.rlim_max;
	sys::setrlimit(RLIMIT_NOFILE, &limit);
}

[[noreturn]] void leave(const LaunchPage& page) {
	kill_guarded_groups(kGuardFd, page);
	sys::exit(0);
}

// Nobody at the other end: Node died. The signal of a broken pipe must not keep us from our last duty.
void report(const LaunchPage& page, int report_fd, LaunchFailure failure) {
	sys::mask_signal(SIG_BLOCK, SIGPIPE);
	if (sys::write(report_fd, &failure, sizeof failure) == -EPIPE) leave(page);
	sys::mask_signal(SIG_UNBLOCK, SIGPIPE);
}

// The last one is always free: whoever finds no other gets an address space of his own, and leaves it at
// once.
Berth& free_berth() {
	Berth* berth = berths;
	while (berth != &berths[kBerths - 1] && berth->busy.load(std::memory_order_acquire) != 0) ++berth;
	return *berth;
}

struct Descriptors {
	int report = -1;
	int body = -1;
};

// False: Node is gone.
bool receive(Berth& berth, long& size, Descriptors& descriptors) {
	iovec part{berth.packet, sizeof berth.packet};
	alignas(cmsghdr) char control[CMSG_SPACE(sizeof(Descriptors))];
	msghdr message{};
	message.msg_iov = &part;
	message.msg_iovlen = 1;
	message.msg_control = control;
	message.msg_controllen = sizeof control;
	do {
		size = sys::recvmsg(kSocketFd, &message, MSG_CMSG_CLOEXEC);
	} while (size == -EINTR);
	if (size <= 0) return false;
	if (message.msg_controllen >= CMSG_LEN(sizeof(int))) {
		const auto* header = reinterpret_cast<const cmsghdr*>(control);
		const auto* fds = reinterpret_cast<const int*>(control + CMSG_LEN(0));
		descriptors.report = fds[0];
		if (header->cmsg_len >= CMSG_LEN(2 * sizeof(int))) descriptors.body = fds[1];
	}
	return true;
}

bool well_formed(const WireRequest& request, long size, const Descriptors& descriptors) {
	if (size < static_cast<long>(sizeof(WireRequest)) || request.magic != kWireMagic) return false;
	if (request.slot >= kLaunchSlots) return false;
	return (request.flags & kBodyInMemfd) != 0 ? descriptors.body >= 0 : request.size == size;
}

bool asked_to_retire(const WireRequest& request, long size) {
	return size == static_cast<long>(sizeof(WireRequest)) && request.magic == kWireMagic &&
		   (request.flags & kRetire) != 0;
}

[[noreturn]] void job_main(void* setup) {
	become_job(*static_cast<const JobSetup*>(setup));
}

// Copying an address space, small as it is, costs more than all the rest of a launch. But what a process maps
// (the body of a large request) would stay in ours.
pid_t clone_job(Berth& berth, pid_t* pid) {
	if (&berth != &berths[kBerths - 1] && berth.setup.body_fd < 0) {
		berth.busy.store(1, std::memory_order_relaxed);
		const pid_t result = sys::clone_sibling_here(pid, reinterpret_cast<pid_t*>(&berth.busy),
													 berth.stack + kStackBytes, job_main, &berth.setup);
		if (result < 0) berth.busy.store(0, std::memory_order_relaxed);
		return result;
	}
	const pid_t result = sys::clone_sibling(pid);
	if (result == 0) job_main(&berth.setup);
	return result;
}

void launch(LaunchPage& page, Berth& berth, long size, const Descriptors& descriptors) {
	auto* request = reinterpret_cast<WireRequest*>(berth.packet);
	if (!well_formed(*request, size, descriptors)) {
		report(page, descriptors.report, {LaunchStage::Request, EPROTO});
		return;
	}
	LaunchSlot& slot = page.slots[request->slot];
	if (slot.cancelled.load() != 0) {
		report(page, descriptors.report, {LaunchStage::Cancelled, ECANCELED});
		return;
	}
	slot.dispatched_ns.store(sys::monotonic_ns());
	berth.setup = {request, &slot, descriptors.report, descriptors.body};
	const pid_t pid = clone_job(berth, reinterpret_cast<pid_t*>(&slot.pid));
	if (pid < 0) report(page, descriptors.report, {LaunchStage::Clone, -pid});
}

[[noreturn]] void serve() {
	LaunchPage* page = map_launch_page();
	lower_descriptor_limit(*page);
	set_streams_aside();
	sys::chdir("/");
	reset_signals();
	for (;;) {
		Berth& berth = free_berth();
		long size = 0;
		Descriptors descriptors;
		if (!receive(berth, size, descriptors)) leave(*page);
		if (asked_to_retire(*reinterpret_cast<const WireRequest*>(berth.packet), size)) sys::exit(0);
		// Without a report pipe (our descriptor limit cut it off) the engine already sees its end.
		if (descriptors.report >= 0) launch(*page, berth, size, descriptors);
		if (descriptors.report >= 0) sys::close(descriptors.report);
		if (descriptors.body >= 0) sys::close(descriptors.body);
	}
}

}  // namespace
}  // namespace ospt

extern "C" [[noreturn]] void launcher_start() {
	ospt::serve();
}

// The entry point: the stack is aligned and the frame chain ended, as the ABI asks. No argument is read.
#if defined(__x86_64__)
asm(".globl _start\n_start:\n\txor %ebp, %ebp\n\tand $-16, %rsp\n\tcall launcher_start\n\thlt\n");
#elif defined(__aarch64__)
asm(".globl _start\n_start:\n\tmov x29, #0\n\tmov x30, #0\n\tbl launcher_start\n\tbrk #0\n");
#endif

// The compiler may turn an initialisation or a copy into a call of these, also without a C library. Volatile,
// or it would see what these loops do and turn them into calls of themselves.
extern "C" void* memset(void* to, int value, std::size_t size) {
	auto* out = static_cast<volatile char*>(to);
	for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(value);
	return to;
}
extern "C" void* memcpy(void* to, const void* from, std::size_t size) {
	auto* out = static_cast<volatile char*>(to);
	const auto* in = static_cast<const char*>(from);
	for (std::size_t i = 0; i < size; ++i) out[i] = in[i];
	return to;
}
