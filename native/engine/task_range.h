// SPDX-License-Identifier: MIT
//
// task_range: the tasks of an array, as a range: begin, begin + step, … up to end.
//
// A task has an index (what its user knows it by) and an ordinal (0, 1, 2, … in the order of the indices).

#pragma once

#include <cstdint>
#include <optional>

namespace ospt {

struct TaskRange {
	std::uint32_t begin = 1;
	std::uint32_t end = 1;
	std::uint32_t step = 1;

	// Index 0 is that of single jobs.
	bool valid() const { return begin >= 1 && end >= begin && step >= 1; }
	std::uint32_t count() const { return (end - begin) / step + 1; }
	std::uint32_t index(std::uint32_t ordinal) const { return begin + ordinal * step; }
	std::optional<std::uint32_t> ordinal(std::uint32_t index) const {
		if (index < begin || index > end || (index - begin) % step != 0) return std::nullopt;
		return (index - begin) / step;
	}
};

}  // namespace ospt
