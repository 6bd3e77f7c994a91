// SPDX-License-Identifier: MIT
//
// syscall: the system calls of the launcher, made directly. The launcher is linked without a C library: its
// whole address space stays at a few pages (every job inherits that peak, see docs/architecture.md), a new
// process touches no state of a library between clone and exec, and no static libc is needed to build it.
//
// Every function returns what the kernel returns: a value, or a negative errno.

#pragma once

#include <linux/sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>

#include <cstddef>
#include <cstdint>

namespace ospt::sys {

inline long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
#if defined(__x86_64__)
	long result = number;
	register long r10 asm("r10") = d;
	register long r8 asm("r8") = e;
	register long r9 asm("r9") = f;
	asm volatile("syscall"
				 : "+a"(result)
				 : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
				 : "rcx", "r11", "memory");
	return result;
#elif defined(__aarch64__)
	register long x8 asm("x8") = number;
	register long x0 asm("x0") = a;
	register long x1 asm("x1") = b;
	register long x2 asm("x2") = c;
	register long x3 asm("x3") = d;
	register long x4 asm("x4") = e;
	register long x5 asm("x5") = f;
	asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
#else
#error "the launcher knows x86_64 and aarch64"
#endif
}

inline long address(const void* pointer) {
	return reinterpret_cast<long>(pointer);
}

// A negative errno of an mmap shows as a pointer into the last page.
inline bool failed(const void* pointer) {
	return address(pointer) < 0 && address(pointer) > -4096;
}

[[noreturn]] inline void exit(int status) {
	for (;;) call(SYS_exit_group, status);
}
inline int close(int fd) {
	return static_cast<int>(call(SYS_close, fd));
}
inline long read(int fd, void* buffer, std::size_t size) {
	return call(SYS_read, fd, address(buffer), static_cast<long>(size));
}
inline long write(int fd, const void* buffer, std::size_t size) {
	return call(SYS_write, fd, address(buffer), static_cast<long>(size));
}
inline int open(const char* path, int flags, mode_t mode = 0) {
	return static_cast<int>(call(SYS_openat, -100 /* AT_FDCWD */, address(path), flags, mode));
}
inline int dup3(int from, int to, int flags) {
	return static_cast<int>(call(SYS_dup3, from, to, flags));
}
inline int fstat(int fd, struct stat* out) {
	return static_cast<int>(call(SYS_fstat, fd, address(out)));
}
inline int ftruncate(int fd, off_t size) {
	return static_cast<int>(call(SYS_ftruncate, fd, size));
}
inline void umask(mode_t mask) {
	call(SYS_umask, static_cast<long>(mask));
}
inline int chdir(const char* path) {
	return static_cast<int>(call(SYS_chdir, address(path)));
}
inline int setpgid(pid_t pid, pid_t group) {
	return static_cast<int>(call(SYS_setpgid, pid, group));
}
inline int kill(pid_t pid, int signal) {
	return static_cast<int>(call(SYS_kill, pid, signal));
}
inline int close_range(unsigned first, unsigned last, unsigned flags) {
	return static_cast<int>(call(SYS_close_range, first, last, flags));
}
inline int execve(const char* path, char* const* argv, char* const* envp) {
	return static_cast<int>(call(SYS_execve, address(path), address(argv), address(envp)));
}
inline long recvmsg(int fd, msghdr* message, int flags) {
	return call(SYS_recvmsg, fd, address(message), flags);
}
inline void* mmap(std::size_t size, int protection, int flags, int fd) {
	return reinterpret_cast<void*>(call(SYS_mmap, 0, static_cast<long>(size), protection, flags, fd, 0));
}
inline int setrlimit(int resource, const rlimit* limit) {
	return static_cast<int>(call(SYS_prlimit64, 0, resource, address(limit), 0));
}
inline int getrlimit(int resource, rlimit* limit) {
	return static_cast<int>(call(SYS_prlimit64, 0, resource, 0, address(limit)));
}
// Blocks or unblocks one signal in the calling thread. `how` is SIG_BLOCK or SIG_UNBLOCK.
inline int mask_signal(int how, int signal) {
	const std::uint64_t set = std::uint64_t{1} << (signal - 1);
	return static_cast<int>(call(SYS_rt_sigprocmask, how, address(&set), 0, sizeof set));
}
inline std::int64_t monotonic_ns() {
	timespec now{};
	call(SYS_clock_gettime, CLOCK_MONOTONIC, address(&now));
	return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}
// A child of our own parent, like fork(2) otherwise. The kernel stores its pid at `pid` before it runs.
inline pid_t clone_sibling(pid_t* pid) {
	// The argument order differs between architectures only behind the third.
	return static_cast<pid_t>(
		call(SYS_clone, CLONE_PARENT | CLONE_PARENT_SETTID | 17 /* SIGCHLD */, 0, address(pid)));
}

// The same in our own address space, which is not copied: `entry(argument)` runs on a stack of its own,
// beside us, until it executes a program or exits; then the kernel stores 0 at `busy`. `stack` is its upper
// end and aligned to 16 bytes; `entry` must not return.
inline pid_t clone_sibling_here(pid_t* pid, pid_t* busy, void* stack, void (*entry)(void*), void* argument) {
	constexpr long kFlags =
		CLONE_VM | CLONE_PARENT | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | 17 /* SIGCHLD */;
#if defined(__x86_64__)
	long result = SYS_clone;
	register long r10 asm("r10") = address(busy);
	register long r8 asm("r8") = 0;
	register void (*r12)(void*) asm("r12") = entry;
	register void* r13 asm("r13") = argument;
	asm volatile(
		"syscall\n\t"
		"test %%rax, %%rax\n\t"
		"jnz 1f\n\t"
		"xor %%ebp, %%ebp\n\t"
		"mov %%r13, %%rdi\n\t"
		"call *%%r12\n\t"
		"hlt\n"
		"1:"
		: "+a"(result)
		: "D"(kFlags), "S"(stack), "d"(pid), "r"(r10), "r"(r8), "r"(r12), "r"(r13)
		: "rcx", "r11", "memory");
	return static_cast<pid_t>(result);
#elif defined(__aarch64__)
	register long x8 asm("x8") = SYS_clone;
	register long x0 asm("x0") = kFlags;
	register long x1 asm("x1") = address(stack);
	register long x2 asm("x2") = address(pid);
	register long x3 asm("x3") = 0;
	register long x4 asm("x4") = address(busy);
	register void (*x9)(void*) asm("x9") = entry;
	register void* x10 asm("x10") = argument;
	asm volatile(
		"svc 0\n\t"
		"cbnz x0, 1f\n\t"
		"mov x29, #0\n\t"
		"mov x30, #0\n\t"
		"mov x0, x10\n\t"
		"blr x9\n\t"
		"brk #0\n"
		"1:"
		: "+r"(x0)
		: "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x9), "r"(x10)
		: "memory");
	return static_cast<pid_t>(x0);
#endif
}

}  // namespace ospt::sys
