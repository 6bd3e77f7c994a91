// SPDX-License-Identifier: MIT
//
// wait_queue: the jobs of one queue that do not run yet, and the bound on those that do. Makes no system
// call.
//
// The single jobs are one line, every array is one. The lines take turns, so that neither a long array nor
// many single jobs keep the others waiting; within a line the order is that of submission, or of the indices.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/job_line.h"
#include "engine/task_line.h"
#include "engine/ticket.h"

namespace ospt {

class WaitQueue {
  public:
	explicit WaitQueue(std::uint32_t max_running) : max_running_(max_running) {}

	void add(Ticket job, bool held);
	// Of an array, by its key. Jobs are numbered from 1.
	void add_array(const JobKey& array, TaskLine tasks);

	// The next job to start; empty when none may start now. Counts as running from here on.
	std::optional<Ticket> take();
	// Back to its old place: it could not be started just now.
	void put_back(Ticket job);
	// A job that take() gave has ended, or has failed to start. True: it was the last of its array.
	bool ended(const JobKey& key);

	bool can_take() const { return running_ < max_running_ && !takeable_.empty(); }
	bool contains(const JobKey& key) const;

	// A single job, or one task. False: it does not wait here, or is (not) held already.
	bool hold(const JobKey& key);
	bool release(const JobKey& key);
	bool remove(const JobKey& key);

	// The array with that key; null when there is none, or nothing more will come of it.
	const TaskLine* array(const JobKey& key) const;
	void hold_all(const JobKey& array);
	void release_all(const JobKey& array);
	// True: nothing of the array ran, so that this was its end.
	bool remove_all(const JobKey& array);

	template <typename Visit>
	void announce(Visit visit) {
		singles_.announce(visit);
	}
	std::uint32_t running() const { return running_; }
	bool empty() const { return singles_.empty() && waiting_arrays_ == 0; }
	void clear();

  private:
	using LineId = std::uint64_t;
	static constexpr LineId kSingles = 0;  // an array's is its job number

	TaskLine* line_of(const JobKey& key);
	const TaskLine* line_of(const JobKey& key) const;
	// Runs `change` on a line, and notes whether it may be taken from afterwards.
	template <typename Change>
	bool change_singles(Change change);
	template <typename Change>
	bool change_array(LineId id, Change change);
	void note(LineId id, bool takeable);

	std::uint32_t max_running_;
	std::uint32_t running_ = 0;
	JobLine singles_;
	std::map<LineId, TaskLine> arrays_;
	std::size_t waiting_arrays_ = 0;  // those with a task that waits
	std::set<LineId> takeable_;
	LineId last_served_ = kSingles;
};

}  // namespace ospt
