// SPDX-License-Identifier: MIT
//
// text: what the texts of /proc and /sys are made of: fields, numbers and lines. Views only; copies nothing
// and depends on no locale.

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ospt {

inline bool is_space(char letter) {
	return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

inline std::string_view trimmed(std::string_view text) {
	while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
	while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
	return text;
}

// Takes the part before `separator` out of `text`, and the separator too. Without one: all of it.
inline std::string_view take_until(std::string_view& text, char separator) {
	const std::size_t end = text.find(separator);
	const std::string_view part = text.substr(0, end);
	text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
	return part;
}

// Takes the next field out of `text`: what lies between white space. Empty at the end.
inline std::string_view take_field(std::string_view& text) {
	while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
	std::size_t length = 0;
	while (length < text.size() && !is_space(text[length])) ++length;
	const std::string_view field = text.substr(0, length);
	text.remove_prefix(length);
	return field;
}

// The number that all of `text` is, or nothing: also when it does not fit the type.
template <typename Number>
std::optional<Number> to_number(std::string_view text) {
	Number number{};
	const char* const end = text.data() + text.size();
	const auto [stop, error] = std::from_chars(text.data(), end, number);
	if (error != std::errc() || stop != end) return std::nullopt;
	return number;
}

}  // namespace ospt
