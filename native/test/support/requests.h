// SPDX-License-Identifier: MIT
//
// requests: launch requests in one line.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/launch_request.h"

namespace ospt::test {

inline LaunchStream file_stream(std::string path) {
	return {StreamKind::File, std::move(path), 0};
}
inline LaunchStream tracker_stream(std::uint32_t descriptor) {
	return {StreamKind::Tracker, {}, descriptor};
}

inline LaunchRequest command(std::vector<std::string> argv) {
	LaunchRequest request;
	request.path = argv.front();
	request.argv = std::move(argv);
	request.env = {"PATH=/usr/bin:/bin"};
	request.working_directory = "/";
	return request;
}
inline LaunchRequest shell(std::string script) {
	return command({"/bin/sh", "-c", std::move(script)});
}
// The helper program of the tests (programs/probe.cpp).
inline LaunchRequest probe(std::vector<std::string> arguments) {
	arguments.insert(arguments.begin(), OSPT_PROBE);
	return command(std::move(arguments));
}
inline LaunchRequest with_input(LaunchRequest request, std::string path) {
	request.streams[0] = file_stream(std::move(path));
	return request;
}
inline LaunchRequest with_output(LaunchRequest request, std::string path) {
	request.streams[1] = file_stream(std::move(path));
	return request;
}
// In the request of an array: `text` with the index of the task behind it.
inline std::string with_index(std::string text) {
	return std::move(text) + kIndexMark;
}
inline LaunchRequest of_task(LaunchRequest request) {
	request.env.push_back(with_index("TASK_ID="));
	return request;
}
inline LaunchRequest sleeper() {
	return command({"/bin/sleep", "600"});
}

}  // namespace ospt::test
