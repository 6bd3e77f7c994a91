// SPDX-License-Identifier: MIT

#include "engine/task_set.h"

#include <algorithm>
#include <iterator>

namespace ospt {

bool TaskSet::contains(std::uint32_t ordinal) const {
	const auto after = runs_.upper_bound(ordinal);
	return after != runs_.begin() && std::prev(after)->second >= ordinal;
}

void TaskSet::insert(std::uint32_t first, std::uint32_t last) {
	// The first run that the new one overlaps or touches.
	auto run = runs_.upper_bound(first);
	if (run != runs_.begin() && std::uint64_t{std::prev(run)->second} + 1 >= first) --run;
	while (run != runs_.end() && run->first <= std::uint64_t{last} + 1) {
		first = std::min(first, run->first);
		last = std::max(last, run->second);
		run = runs_.erase(run);
	}
	runs_.emplace_hint(run, first, last);
}

void TaskSet::insert(const TaskSet& other) {
	for (const auto& [first, last] : other.runs_) insert(first, last);
}

void TaskSet::erase(std::uint32_t first, std::uint32_t last) {
	auto run = runs_.upper_bound(first);
	if (run != runs_.begin() && std::prev(run)->second >= first) --run;
	while (run != runs_.end() && run->first <= last) {
		const auto [old_first, old_last] = *run;
		run = runs_.erase(run);
		if (old_first < first) runs_.emplace_hint(run, old_first, first - 1);
		if (old_last > last) run = runs_.emplace_hint(run, last + 1, old_last);
	}
}

}  // namespace ospt
