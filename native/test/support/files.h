// SPDX-License-Identifier: MIT
//
// files: a directory for one test, and files read and written whole.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ospt::test {

class TempDir {
  public:
	TempDir();
	~TempDir();
	TempDir(const TempDir&) = delete;
	TempDir& operator=(const TempDir&) = delete;

	std::string operator/(const std::string& name) const { return (path_ / name).string(); }
	std::string path() const { return path_.string(); }

  private:
	std::filesystem::path path_;
};

// Empty when there is no such file.
std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& content, unsigned mode = 0644);
std::string make_fifo(const std::string& path);
std::vector<std::string> lines(const std::string& text);
// The rest of the line that starts with `name`, without the space around it ("SigBlk:" of /proc/PID/status).
std::string field(const std::string& text, const std::string& name);

}  // namespace ospt::test
