// SPDX-License-Identifier: MIT

#include "engine/task_line.h"

namespace ospt {

TaskLine::TaskLine(const JobKey& array, std::shared_ptr<const LaunchPattern> pattern, const TaskRange& range,
				   std::uint32_t max_parallel, bool held)
	: array_(array), pattern_(std::move(pattern)), range_(range), max_parallel_(max_parallel) {
	(held ? held_ : ready_).insert(0, range.count() - 1);
}

Ticket TaskLine::take() {
	const std::uint32_t ordinal = ready_.front();
	ready_.erase(ordinal);
	++running_;
	JobKey key = array_;
	key.task = range_.index(ordinal);
	// The array was accepted as one that waits, so every task of it is known to.
	return {key, ordinal, pattern_, true};
}

void TaskLine::put_back(const Ticket& task) {
	--running_;
	ready_.insert(static_cast<std::uint32_t>(task.place));
}

bool TaskLine::in(const TaskSet& set, std::uint32_t task) const {
	const auto ordinal = range_.ordinal(task);
	return ordinal && set.contains(*ordinal);
}

bool TaskLine::move(std::uint32_t task, TaskSet& from, TaskSet& to) {
	if (!in(from, task)) return false;
	const std::uint32_t ordinal = *range_.ordinal(task);
	from.erase(ordinal);
	to.insert(ordinal);
	return true;
}

bool TaskLine::remove(std::uint32_t task) {
	if (!contains(task)) return false;
	const std::uint32_t ordinal = *range_.ordinal(task);
	ready_.erase(ordinal);
	held_.erase(ordinal);
	return true;
}

void TaskLine::remove_all() {
	ready_.clear();
	held_.clear();
}

}  // namespace ospt
