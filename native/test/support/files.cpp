// SPDX-License-Identifier: MIT

#include "support/files.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ospt::test {

TempDir::TempDir() {
	std::string pattern = (std::filesystem::temp_directory_path() / "ospt-test-XXXXXX").string();
	if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
	path_ = pattern;
}

TempDir::~TempDir() {
	std::error_code ignored;
	std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
	const std::ifstream in(path);
	std::ostringstream out;
	if (in) out << in.rdbuf();
	return out.str();
}

void write_file(const std::string& path, const std::string& content, unsigned mode) {
	{
		std::ofstream out(path, std::ios::trunc);
		out << content;
		if (!out.flush()) throw std::runtime_error("cannot write " + path);
	}
	::chmod(path.c_str(), mode);
}

std::string make_fifo(const std::string& path) {
	if (::mkfifo(path.c_str(), 0600) < 0) throw std::runtime_error("mkfifo failed");
	return path;
}

std::vector<std::string> lines(const std::string& text) {
	std::vector<std::string> out;
	std::istringstream in(text);
	for (std::string line; std::getline(in, line);) out.push_back(line);
	return out;
}

std::string field(const std::string& text, const std::string& name) {
	for (const std::string& line : lines(text)) {
		if (line.compare(0, name.size(), name) != 0) continue;
		const auto start = line.find_first_not_of(" \t", name.size());
		return start == std::string::npos ? "" : line.substr(start);
	}
	return "";
}

}  // namespace ospt::test
