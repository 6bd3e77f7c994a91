// SPDX-License-Identifier: MIT

#include "support/raw_launcher.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "engine/launch_pattern.h"
#include "support/processes.h"

namespace ospt::test {

RawLauncher::RawLauncher(std::uint64_t descriptor_limit) {
	if (page_memory_.resize("test-page", sizeof(LaunchPage)) || guard_.open()) {
		throw std::runtime_error("no shared memory");
	}
	page().descriptor_limit = descriptor_limit;
	if (start_launcher(OSPT_LAUNCHER, page_memory_.fd(), guard_.fd(), process_)) {
		throw std::runtime_error("no launcher");
	}
}

RawLauncher::~RawLauncher() {
	if (!process_) return;
	::kill(process_.pid, SIGKILL);
	end();
}

UniqueFd RawLauncher::send(const LaunchRequest& request) {
	std::vector<char> bytes;
	LaunchPattern(request).encode(0, 0, bytes);
	return send_bytes(std::move(bytes));
}

UniqueFd RawLauncher::send_bytes(std::vector<char> bytes) {
	int pipe[2];
	if (::pipe2(pipe, O_CLOEXEC) < 0) throw std::runtime_error("no pipe");
	UniqueFd report(pipe[0]);
	const UniqueFd report_end(pipe[1]);
	iovec part{bytes.data(), bytes.size()};
	alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
	msghdr message{};
	message.msg_iov = &part;
	message.msg_iovlen = 1;
	message.msg_control = control;
	message.msg_controllen = sizeof control;
	cmsghdr* header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	const int fd = report_end.get();
	std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
	if (::sendmsg(process_.socket.get(), &message, MSG_NOSIGNAL) < 0) throw std::runtime_error("not sent");
	return report;
}

void RawLauncher::send_retire() {
	WireRequest farewell{};
	farewell.magic = kWireMagic;
	farewell.size = sizeof farewell;
	farewell.flags = kRetire;
	::send(process_.socket.get(), &farewell, sizeof farewell, MSG_NOSIGNAL);
}

int RawLauncher::end() {
	const int status = wait_for(process_.pid);
	process_ = {};
	return status;
}

}  // namespace ospt::test
