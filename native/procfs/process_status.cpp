// SPDX-License-Identifier: MIT

#include "procfs/process_status.h"

#include "procfs/text.h"

namespace ospt {
namespace {

// "   3060 kB"
std::uint64_t kilobytes(std::string_view value) {
	return to_number<std::uint64_t>(take_field(value)).value_or(0) * 1024;
}

}  // namespace

std::optional<ProcessStatus> parse_process_status(std::string_view text) {
	ProcessStatus status;
	bool has_uid = false;
	while (!text.empty()) {
		std::string_view value = take_until(text, '\n');
		const std::string_view key = take_until(value, ':');
		if (key == "Uid") {
			const auto real = to_number<uid_t>(take_field(value));
			has_uid = real.has_value();
			status.uid = real.value_or(0);
		} else if (key == "VmRSS") {
			status.memory.resident = kilobytes(value);
		} else if (key == "VmHWM") {
			status.memory.peak_resident = kilobytes(value);
		} else if (key == "VmData") {
			status.memory.data = kilobytes(value);
		} else if (key == "VmStk") {
			status.memory.stack = kilobytes(value);
		} else if (key == "VmLck") {
			status.memory.locked = kilobytes(value);
		} else if (key == "VmSwap") {
			status.memory.swapped = kilobytes(value);
		} else if (key == "Cpus_allowed_list") {
			status.cpus_allowed = trimmed(value);
		}
	}
	return has_uid ? std::optional(status) : std::nullopt;
}

}  // namespace ospt
