// SPDX-License-Identifier: MIT
//
// read_file: a file of /proc or /sys, read whole. What the answers of the kernel mean is decided here and
// nowhere else.

#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "core/system_error.h"

namespace ospt {

enum class ReadOutcome {
	Done,
	// There is no such file, or no longer: the process has ended, or the kernel does not have this feature.
	Gone,
	// It is there, and not for this user.
	Refused,
	// Nothing that the file or its process could be blamed for: no descriptors, no memory.
	Failed
};

struct ReadResult {
	ReadOutcome outcome = ReadOutcome::Done;
	SystemError error{};  // set when Failed

	bool done() const { return outcome == ReadOutcome::Done; }
};

// The meaning of the errno that a call on a file has left.
ReadResult read_failure(const char* call, int error);

// Reads the file `path`, relative to the directory `directory` (or AT_FDCWD), into `text`, whose memory is
// used again. Reading stops after `limit` bytes.
ReadResult read_file_at(int directory, const char* path, std::string& text, std::size_t limit);

// Reads the target of a symbolic link.
ReadResult read_link_at(int directory, const char* path, std::string& text);

// Files that are of no process, each of at most a megabyte. Those that are not there, or not for this user,
// are empty. What keeps any file from being read, such as a lack of descriptors, is noted.
class TextFiles {
  public:
	// `root` is empty, or the directory under which recorded /proc, /sys and /etc lie.
	explicit TextFiles(std::string root) : root_(std::move(root)) {}

	std::string read(const std::string& path);
	// The first such trouble of all reads so far.
	SystemError error() const { return error_; }

  private:
	std::string root_;
	SystemError error_{};
};

}  // namespace ospt
