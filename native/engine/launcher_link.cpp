// SPDX-License-Identifier: MIT

#include "engine/launcher_link.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "engine/descriptor_limit.h"
#include "engine/pidfd.h"
#include "engine/stop_watcher.h"

namespace ospt {
namespace {

int write_whole(int fd, const char* data, std::size_t size) {
	while (size > 0) {
		const ssize_t written = ::write(fd, data, size);
		if (written < 0 && errno != EINTR) return errno;
		if (written <= 0) continue;
		data += written;
		size -= static_cast<std::size_t>(written);
	}
	return 0;
}

// One packet, with the descriptors that go with it. Returns 0 or an errno; never blocks.
int send_packet(int socket, const char* data, std::size_t size, const int* fds, std::size_t count) {
	iovec part{const_cast<char*>(data), size};
	alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {};
	msghdr message{};
	message.msg_iov = &part;
	message.msg_iovlen = 1;
	if (count > 0) {
		message.msg_control = control;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		cmsghdr* header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(count * sizeof(int));
		std::memcpy(CMSG_DATA(header), fds, count * sizeof(int));
	}
	return ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? errno : 0;
}

}  // namespace

LauncherLink::~LauncherLink() {
	kill_launcher();
	while (!retired_.empty()) launcher_ended(retired_.back().pid);
}

SystemError LauncherLink::open() {
	if (const auto error = page_.resize("ospt-launches", sizeof(LaunchPage))) return error;
	if (const auto error = guard_.open()) return error;
	page().descriptor_limit = raise_descriptor_limit();
	free_slots_.reserve(kLaunchSlots);
	for (std::uint32_t slot = kLaunchSlots; slot > 0; --slot) free_slots_.push_back(slot - 1);
	return {};
}

LauncherLink::Credentials LauncherLink::own_credentials() {
	Credentials own{};
	::getresuid(&own.uids[0], &own.uids[1], &own.uids[2]);
	::getresgid(&own.gids[0], &own.gids[1], &own.gids[2]);
	return own;
}

// A program that has given up its privileges must not go on starting jobs with them.
SystemError LauncherLink::ensure_launcher() {
	const Credentials own = own_credentials();
	if (launcher_ && own == launcher_credentials_) return {};
	if (launcher_) retire_launcher();
	if (const auto error = start_launcher(program_, page_.fd(), guard_.fd(), launcher_)) return error;
	launcher_credentials_ = own;
	stop_watcher::child_created();
	return {};
}

LauncherLink::Step LauncherLink::begin(bool guarded, Launch& launch, LaunchFailure& failure) {
	if (free_slots_.empty()) return Step::Busy;
	int pipe[2];
	if (::pipe2(pipe, O_CLOEXEC) < 0) {
		failure = {LaunchStage::Launcher, errno};
		return Step::Failed;
	}
	launch.report.reset(pipe[0]);
	launch.report_end.reset(pipe[1]);
	launch.slot = free_slots_.back();
	free_slots_.pop_back();
	LaunchSlot& fresh = slot(launch.slot);
	fresh.cancelled.store(0);
	fresh.guarded.store(guarded ? 1 : 0);
	return Step::Done;
}

LauncherLink::Step LauncherLink::send(const LaunchPattern& pattern, std::uint32_t task, Launch& launch,
									  LaunchFailure& failure) {
	const auto failed = [&failure](LaunchStage stage, int error) {
		failure = {stage, error};
		return Step::Failed;
	};
	if (!pattern.encode(launch.slot, task, buffer_)) return failed(LaunchStage::Exec, E2BIG);
	int error = EPIPE;
	// A launcher that died unnoticed refuses the packet: nothing of the request has reached it, so the next
	// one may have it. One that takes the packet and then dies is never asked twice.
	for (int attempt = 0; attempt < 2 && (error == EPIPE || error == ECONNRESET); ++attempt) {
		if (attempt > 0) kill_launcher();
		if (const auto refused = ensure_launcher()) return failed(LaunchStage::Launcher, refused.error);
		error = transmit(launch.report_end.get());
	}
	// EAGAIN, ENOBUFS, ETOOMANYREFS: too many requests, or descriptors, wait in the socket.
	if (error == EAGAIN || error == ENOBUFS || error == ETOOMANYREFS) return Step::Busy;
	if (error != 0) return failed(LaunchStage::Launcher, error);
	launch.report_end.reset();
	return Step::Done;
}

void LauncherLink::abandon(Launch& launch) {
	launch.report.reset();
	launch.report_end.reset();
	free_slot(launch.slot);
}

int LauncherLink::transmit(int report) {
	int fds[2] = {report, -1};
	if (buffer_.size() <= kPacketBytes) {
		return send_packet(launcher_.socket.get(), buffer_.data(), buffer_.size(), fds, 1);
	}
	const UniqueFd body(::memfd_create("ospt-request", MFD_CLOEXEC));
	if (!body) return errno;
	if (const int error = write_whole(body.get(), buffer_.data(), buffer_.size())) return error;
	WireRequest header;
	std::memcpy(&header, buffer_.data(), sizeof header);
	header.flags |= kBodyInMemfd;
	fds[1] = body.get();
	return send_packet(launcher_.socket.get(), reinterpret_cast<const char*>(&header), sizeof header, fds, 2);
}

void LauncherLink::retire_launcher() {
	WireRequest farewell{};
	farewell.magic = kWireMagic;
	farewell.size = sizeof farewell;
	farewell.flags = kRetire;
	// Refused (its socket is full): it will see the end of its socket instead. Guarded jobs would not survive
	// that, so it is killed, as far as we still may.
	if (send_packet(launcher_.socket.get(), reinterpret_cast<const char*>(&farewell), sizeof farewell,
					nullptr, 0)) {
		signal_process(launcher_.pidfd.get(), SIGKILL);
	}
	put_away_launcher();
}

void LauncherLink::kill_launcher() {
	if (!launcher_) return;
	// Refused: it was started under other credentials than we have now.
	if (signal_process(launcher_.pidfd.get(), SIGKILL) == EPERM) {
		retire_launcher();
	} else {
		put_away_launcher();
	}
}

void LauncherLink::put_away_launcher() {
	launcher_.socket.reset();
	retired_.push_back(std::move(launcher_));
	launcher_ = {};
}

void LauncherLink::launcher_ended(pid_t pid) {
	wait_for_child(pid);
	if (launcher_.pid == pid) launcher_ = {};
	std::erase_if(retired_, [pid](const LauncherProcess& process) { return process.pid == pid; });
}

void LauncherLink::free_slot(std::uint32_t index) {
	LaunchSlot& done = slot(index);
	done.pid.store(0);
	done.guarded.store(0);
	free_slots_.push_back(index);
}

}  // namespace ospt
