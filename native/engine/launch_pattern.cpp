// SPDX-License-Identifier: MIT

#include "engine/launch_pattern.h"

#include <charconv>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace ospt {
namespace {

constexpr std::size_t kMostDigits = 10;

std::uint64_t table_size(std::size_t entries) {
	return sizeof(std::uint64_t) * (entries + 1);
}

bool varies(const std::string& text) {
	return text.find(kIndexMark) != std::string::npos;
}

// Without the strings that vary.
std::uint64_t fixed_size(const LaunchRequest& request) {
	std::uint64_t size =
		sizeof(WireRequest) + table_size(request.argv.size()) + table_size(request.env.size());
	const auto add = [&size](const std::string& text) { size += varies(text) ? 0 : text.size() + 1; };
	add(request.path);
	add(request.search_path);
	add(request.working_directory);
	for (const auto& stream : request.streams) add(stream.path);
	for (const auto& argument : request.argv) add(argument);
	for (const auto& variable : request.env) add(variable);
	return size;
}

void append(std::vector<char>& out, std::string_view text) {
	out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

// Fills a pattern, table by table and string by string.
class PatternWriter {
  public:
	PatternWriter(LaunchPattern& pattern, const LaunchRequest& request)
		: pattern_(pattern),
		  table_at_(sizeof(WireRequest)),
		  text_at_(static_cast<std::uint32_t>(table_at_ + table_size(request.argv.size()) +
											  table_size(request.env.size()))) {}

	// `reference`: where in the header the offset of the string belongs.
	void text(const std::string& value, std::size_t reference) {
		if (varies(value)) return vary(value, static_cast<std::uint32_t>(reference), false);
		put(static_cast<std::uint32_t>(reference), place(value));
	}

	std::uint32_t table(const std::vector<std::string>& values) {
		const std::uint32_t at = table_at_;
		for (const auto& value : values) {
			if (varies(value))
				vary(value, table_at_, true);
			else
				put(table_at_, std::uint64_t{place(value)});
			table_at_ += sizeof(std::uint64_t);
		}
		// Its end is an entry of 0, which is there already.
		table_at_ += sizeof(std::uint64_t);
		return at;
	}

	template <typename Number>
	void put(std::size_t at, Number number) {
		std::memcpy(pattern_.fixed_.data() + at, &number, sizeof number);
	}

  private:
	std::uint32_t place(const std::string& value) {
		const std::uint32_t at = text_at_;
		std::memcpy(pattern_.fixed_.data() + at, value.c_str(), value.size() + 1);
		text_at_ += static_cast<std::uint32_t>(value.size() + 1);
		return at;
	}
	void vary(const std::string& value, std::uint32_t reference, bool in_table) {
		pattern_.varying_.push_back({reference, in_table, value});
	}

	LaunchPattern& pattern_;
	std::uint32_t table_at_;
	std::uint32_t text_at_;
};

LaunchPattern::LaunchPattern(const LaunchRequest& request) {
	const std::uint64_t size = fixed_size(request);
	too_large_ = size > UINT32_MAX;
	if (too_large_) return;
	fixed_.resize(size);

	PatternWriter writer(*this, request);
	WireRequest header{};
	header.magic = kWireMagic;
	header.umask = request.umask;
	header.argc = static_cast<std::uint32_t>(request.argv.size());
	header.envc = static_cast<std::uint32_t>(request.env.size());
	header.argv = writer.table(request.argv);
	header.envp = writer.table(request.env);
	for (int i = 0; i < 3; ++i) {
		header.streams[i] = {request.streams[i].kind, request.streams[i].descriptor};
	}
	writer.put(0, header);
	writer.text(request.path, offsetof(WireRequest, path));
	if (!request.search_path.empty()) writer.text(request.search_path, offsetof(WireRequest, search_path));
	writer.text(request.working_directory, offsetof(WireRequest, working_directory));
	for (std::size_t i = 0; i < 3; ++i) {
		const LaunchStream& stream = request.streams[i];
		if (!stream.has_path()) continue;
		writer.text(stream.path,
					offsetof(WireRequest, streams) + i * sizeof(WireStream) + offsetof(WireStream, value));
	}
}

bool LaunchPattern::encode(std::uint32_t slot, std::uint32_t task, std::vector<char>& out) const {
	if (too_large_) return false;
	char digits[kMostDigits];
	const auto written = std::to_chars(digits, digits + sizeof digits, task);
	const std::string_view index(digits, static_cast<std::size_t>(written.ptr - digits));

	out.assign(fixed_.begin(), fixed_.end());
	const auto put = [&out](std::size_t at, auto number) {
		std::memcpy(out.data() + at, &number, sizeof number);
	};
	for (const Varying& string : varying_) {
		const std::uint64_t at = out.size();
		if (at > UINT32_MAX - string.text.size() * kMostDigits - 1) return false;
		if (string.in_table)
			put(string.reference, at);
		else
			put(string.reference, static_cast<std::uint32_t>(at));
		std::string_view rest = string.text;
		for (std::size_t mark = 0; (mark = rest.find(kIndexMark)) != std::string_view::npos;) {
			append(out, rest.substr(0, mark));
			append(out, index);
			rest.remove_prefix(mark + 1);
		}
		append(out, rest);
		out.push_back('\0');
	}
	put(offsetof(WireRequest, size), static_cast<std::uint32_t>(out.size()));
	put(offsetof(WireRequest, slot), slot);
	return true;
}

}  // namespace ospt
