// SPDX-License-Identifier: MIT

#include "engine/current_umask.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <string_view>

#include "core/launch_wire.h"
#include "core/unique_fd.h"

namespace ospt {

std::uint32_t current_umask() {
	const UniqueFd status(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
	// The second line of the file.
	char text[128];
	const ssize_t size = status ? ::read(status.get(), text, sizeof text) : -1;
	if (size <= 0) return kKeepUmask;
	const std::string_view content(text, static_cast<std::size_t>(size));
	constexpr std::string_view kLabel = "\nUmask:\t";
	const std::size_t label = content.find(kLabel);
	if (label == std::string_view::npos) return kKeepUmask;
	std::uint32_t mask = kKeepUmask;
	const char* digits = content.data() + label + kLabel.size();
	const auto [end, error] = std::from_chars(digits, content.data() + content.size(), mask, 8);
	return error == std::errc() ? mask : kKeepUmask;
}

}  // namespace ospt
