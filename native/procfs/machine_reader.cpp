// SPDX-License-Identifier: MIT

#include "procfs/machine_reader.h"

#include <sys/utsname.h>

#include <string_view>

#include "procfs/read_file.h"
#include "procfs/text.h"

namespace ospt {
namespace {

// "0.52 0.58 0.59 3/602 12345"
std::optional<std::array<double, 3>> parse_load(std::string_view text) {
	std::array<double, 3> load{};
	for (double& average : load) {
		const auto number = to_number<double>(take_field(text));
		if (!number) return std::nullopt;
		average = *number;
	}
	return load;
}

void read_memory(const std::string& text, MachineFacts& machine) {
	std::string_view rest = text;
	while (!rest.empty()) {
		std::string_view value = take_until(rest, '\n');
		const std::string_view key = take_until(value, ':');
		const auto kilobytes = to_number<std::uint64_t>(take_field(value));
		if (key == "MemTotal") machine.memory_kb = kilobytes;
		if (key == "MemAvailable") machine.available_memory_kb = kilobytes;
		if (key == "SwapTotal") machine.swap_kb = kilobytes;
		if (key == "SwapFree") machine.free_swap_kb = kilobytes;
	}
}

// Quotes as a shell has them, of the forms that os-release(5) allows.
std::string unquoted(std::string_view value) {
	value = trimmed(value);
	if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
		value.front() == value.back()) {
		value = value.substr(1, value.size() - 2);
	}
	std::string plain;
	for (std::size_t at = 0; at < value.size(); ++at) {
		if (value[at] == '\\' && at + 1 < value.size()) ++at;
		plain += value[at];
	}
	return plain;
}

std::string read_os_name(TextFiles& files) {
	for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
		const std::string text = files.read(path);
		std::string_view rest = text;
		while (!rest.empty()) {
			std::string_view value = take_until(rest, '\n');
			if (take_until(value, '=') == "PRETTY_NAME") return unquoted(value);
		}
	}
	return {};
}

}  // namespace

SystemError read_machine(const std::string& root, MachineFacts& machine) {
	machine = {};
	TextFiles files(root);
	utsname names{};
	if (::uname(&names) == 0) {
		machine.name = names.nodename;
		machine.architecture = names.machine;
		machine.kernel_release = names.release;
	}
	machine.os_name = read_os_name(files);
	machine.topology = read_topology(files);
	machine.load = parse_load(files.read("/proc/loadavg"));
	const std::string uptime = files.read("/proc/uptime");
	std::string_view seconds = uptime;
	machine.uptime_seconds = to_number<double>(take_field(seconds));
	read_memory(files.read("/proc/meminfo"), machine);
	machine.limits = read_cgroup_limits(files);
	return files.error();
}

}  // namespace ospt
