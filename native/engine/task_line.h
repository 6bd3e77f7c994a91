// SPDX-License-Identifier: MIT
//
// task_line: the tasks of one array that wait, and the bound on those that run. A range and two sets, not a
// list: its size does not depend on the number of tasks.

#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "engine/task_range.h"
#include "engine/task_set.h"
#include "engine/ticket.h"

namespace ospt {

class TaskLine {
  public:
	// `array`: the key of the array, with task 0.
	TaskLine(const JobKey& array, std::shared_ptr<const LaunchPattern> pattern, const TaskRange& range,
			 std::uint32_t max_parallel, bool held);

	bool can_take() const { return !ready_.empty() && running_ < max_parallel_; }
	// The task with the lowest index. Counts as running from here on.
	Ticket take();
	void put_back(const Ticket& task);
	void ended() { --running_; }
	// Nothing waits, nothing runs: nothing will come of it any more.
	bool over() const { return !waits() && running_ == 0; }
	bool waits() const { return !ready_.empty() || !held_.empty(); }

	const TaskRange& range() const { return range_; }
	const TaskSet& ready() const { return ready_; }
	const TaskSet& held() const { return held_; }

	bool contains(std::uint32_t task) const { return in(ready_, task) || in(held_, task); }
	// False: it does not wait here, or is (not) held already.
	bool hold(std::uint32_t task) { return move(task, ready_, held_); }
	bool release(std::uint32_t task) { return move(task, held_, ready_); }
	// False: it does not wait here.
	bool remove(std::uint32_t task);

	void hold_all() { held_.insert(std::exchange(ready_, {})); }
	void release_all() { ready_.insert(std::exchange(held_, {})); }
	void remove_all();

  private:
	bool in(const TaskSet& set, std::uint32_t task) const;
	bool move(std::uint32_t task, TaskSet& from, TaskSet& to);

	JobKey array_;
	std::shared_ptr<const LaunchPattern> pattern_;
	TaskRange range_;
	std::uint32_t max_parallel_;
	std::uint32_t running_ = 0;
	TaskSet ready_;
	TaskSet held_;
};

}  // namespace ospt
