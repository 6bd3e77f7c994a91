// SPDX-License-Identifier: MIT
//
// task_set: a set of ordinals, kept as runs. What concerns a million tasks alike is one run.

#pragma once

#include <cstdint>
#include <map>

namespace ospt {

class TaskSet {
  public:
	TaskSet() = default;
	TaskSet(std::uint32_t first, std::uint32_t last) { insert(first, last); }

	bool empty() const { return runs_.empty(); }
	bool contains(std::uint32_t ordinal) const;
	// The lowest member. There must be one.
	std::uint32_t front() const { return runs_.begin()->first; }

	// Whole runs, both ends included. They may be in the set already, wholly or in part.
	void insert(std::uint32_t first, std::uint32_t last);
	void insert(std::uint32_t ordinal) { insert(ordinal, ordinal); }
	void insert(const TaskSet& other);
	void erase(std::uint32_t first, std::uint32_t last);
	void erase(std::uint32_t ordinal) { erase(ordinal, ordinal); }
	void clear() { runs_.clear(); }

	// First to last, in order; no two of them touch.
	const std::map<std::uint32_t, std::uint32_t>& runs() const& { return runs_; }
	void runs() && = delete;

  private:
	std::map<std::uint32_t, std::uint32_t> runs_;
};

}  // namespace ospt
