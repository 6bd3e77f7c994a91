// SPDX-License-Identifier: MIT

#include "procfs/mount_table.h"

#include "procfs/text.h"

namespace ospt {
namespace {

bool is_octal(char letter) {
	return letter >= '0' && letter <= '7';
}

// White space and backslashes are written as "\040".
std::string unescaped(std::string_view text) {
	std::string plain;
	for (std::size_t at = 0; at < text.size(); ++at) {
		if (text[at] == '\\' && at + 3 < text.size() && is_octal(text[at + 1]) && is_octal(text[at + 2]) &&
			is_octal(text[at + 3])) {
			plain += static_cast<char>((text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 +
									   (text[at + 3] - '0'));
			at += 3;
		} else {
			plain += text[at];
		}
	}
	return plain;
}

}  // namespace

bool Mount::has_option(std::string_view name) const {
	std::string_view rest = options;
	while (!rest.empty()) {
		if (take_until(rest, ',') == name) return true;
	}
	return false;
}

std::vector<Mount> parse_mount_table(std::string_view text) {
	std::vector<Mount> mounts;
	while (!text.empty()) {
		std::string_view line = take_until(text, '\n');
		const std::size_t separator = line.find(" - ");
		if (separator == std::string_view::npos) continue;
		std::string_view after = line.substr(separator + 3);
		line = line.substr(0, separator);
		for (int skipped = 0; skipped < 3; ++skipped) take_field(line);  // id, parent, device
		Mount mount;
		mount.root = unescaped(take_field(line));
		mount.point = unescaped(take_field(line));
		mount.type = take_field(after);
		take_field(after);  // source
		mount.options = take_field(after);
		if (!mount.point.empty() && !mount.type.empty()) mounts.push_back(std::move(mount));
	}
	return mounts;
}

}  // namespace ospt
