// SPDX-License-Identifier: MIT

#include "procfs/read_file.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/unique_fd.h"

namespace ospt {
namespace {

constexpr std::size_t kFirstPiece = 4096;
constexpr std::size_t kLargestText = 1 << 20;

int open_to_read(int directory, const char* path) {
	int fd = -1;
	do {
		// O_NONBLOCK: a recorded tree may hold a FIFO in place of a file, and opening that must not hang.
		fd = ::openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	} while (fd < 0 && errno == EINTR);
	return fd;
}

}  // namespace

ReadResult read_failure(const char* call, int error) {
	switch (error) {
		case ENOENT:
		case ESRCH:
		case ENOTDIR:
			return {ReadOutcome::Gone, {}};
		case EACCES:
		case EPERM:
			return {ReadOutcome::Refused, {}};
		default:
			return {ReadOutcome::Failed, {call, error}};
	}
}

ReadResult read_file_at(int directory, const char* path, std::string& text, std::size_t limit) {
	text.clear();
	const UniqueFd fd(open_to_read(directory, path));
	if (!fd) return read_failure("openat", errno);
	std::size_t size = 0;
	for (;;) {
		const std::size_t room = std::min(limit - size, std::max(kFirstPiece, size));
		if (room == 0) break;
		text.resize(size + room);
		const ssize_t got = ::read(fd.get(), text.data() + size, room);
		if (got < 0) {
			if (errno == EINTR) continue;
			const int error = errno;
			text.clear();
			return read_failure("read", error);
		}
		size += static_cast<std::size_t>(got);
		// The kernel writes as much of such a file as there is room for: less than that is its end.
		if (static_cast<std::size_t>(got) < room) break;
	}
	text.resize(size);
	return {};
}

ReadResult read_link_at(int directory, const char* path, std::string& text) {
	text.resize(PATH_MAX);
	const ssize_t size = ::readlinkat(directory, path, text.data(), text.size());
	const int error = errno;
	text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
	return size < 0 ? read_failure("readlinkat", error) : ReadResult{};
}

std::string TextFiles::read(const std::string& path) {
	std::string text;
	const ReadResult result = read_file_at(AT_FDCWD, (root_ + path).c_str(), text, kLargestText);
	const int error = result.error.error;
	// Some files of /sys answer with errors of their own, where a device does not have what they would tell.
	if (!error_ && (error == EMFILE || error == ENFILE || error == ENOMEM)) error_ = result.error;
	return text;
}

}  // namespace ospt
