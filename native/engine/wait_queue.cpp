// SPDX-License-Identifier: MIT

#include "engine/wait_queue.h"

namespace ospt {

void WaitQueue::add(Ticket job, bool held) {
	change_singles([&](JobLine& line) {
		line.add(std::move(job), held);
		return true;
	});
}

void WaitQueue::add_array(const JobKey& array, TaskLine tasks) {
	const bool takeable = tasks.can_take();
	if (!arrays_.emplace(array.job, std::move(tasks)).second) return;
	++waiting_arrays_;
	note(array.job, takeable);
}

std::optional<Ticket> WaitQueue::take() {
	if (!can_take()) return std::nullopt;
	auto next = takeable_.upper_bound(last_served_);
	if (next == takeable_.end()) next = takeable_.begin();
	last_served_ = *next;
	++running_;
	std::optional<Ticket> job;
	if (last_served_ == kSingles)
		change_singles([&job](JobLine& line) { return job.emplace(line.take()).announced; });
	else
		change_array(last_served_, [&job](TaskLine& line) { return job.emplace(line.take()).announced; });
	return job;
}

void WaitQueue::put_back(Ticket job) {
	--running_;
	if (line_of(job.key) != nullptr) {
		change_array(job.key.job, [&job](TaskLine& line) {
			line.put_back(job);
			return true;
		});
	} else {
		change_singles([&job](JobLine& line) {
			line.put_back(std::move(job));
			return true;
		});
	}
}

bool WaitQueue::ended(const JobKey& key) {
	--running_;
	if (line_of(key) == nullptr) return false;
	return change_array(key.job, [](TaskLine& line) {
		line.ended();
		return line.over();
	});
}

bool WaitQueue::contains(const JobKey& key) const {
	const TaskLine* tasks = line_of(key);
	return tasks != nullptr ? tasks->contains(key.task) : singles_.contains(key);
}

bool WaitQueue::hold(const JobKey& key) {
	if (line_of(key) == nullptr) return change_singles([&key](JobLine& line) { return line.hold(key); });
	return change_array(key.job, [&key](TaskLine& line) { return line.hold(key.task); });
}

bool WaitQueue::release(const JobKey& key) {
	if (line_of(key) == nullptr) return change_singles([&key](JobLine& line) { return line.release(key); });
	return change_array(key.job, [&key](TaskLine& line) { return line.release(key.task); });
}

bool WaitQueue::remove(const JobKey& key) {
	if (line_of(key) == nullptr) return change_singles([&key](JobLine& line) { return line.remove(key); });
	return change_array(key.job, [&key](TaskLine& line) { return line.remove(key.task); });
}

const TaskLine* WaitQueue::array(const JobKey& key) const {
	return key.task == 0 ? line_of(key) : nullptr;
}

void WaitQueue::hold_all(const JobKey& array) {
	change_array(array.job, [](TaskLine& line) {
		line.hold_all();
		return true;
	});
}

void WaitQueue::release_all(const JobKey& array) {
	change_array(array.job, [](TaskLine& line) {
		line.release_all();
		return true;
	});
}

bool WaitQueue::remove_all(const JobKey& array) {
	return change_array(array.job, [](TaskLine& line) {
		line.remove_all();
		return line.over();
	});
}

void WaitQueue::clear() {
	singles_.clear();
	arrays_.clear();
	waiting_arrays_ = 0;
	takeable_.clear();
}

TaskLine* WaitQueue::line_of(const JobKey& key) {
	const auto line = arrays_.find(key.job);
	return line == arrays_.end() ? nullptr : &line->second;
}
const TaskLine* WaitQueue::line_of(const JobKey& key) const {
	const auto line = arrays_.find(key.job);
	return line == arrays_.end() ? nullptr : &line->second;
}

template <typename Change>
bool WaitQueue::change_singles(Change change) {
	const bool result = change(singles_);
	note(kSingles, singles_.can_take());
	return result;
}

template <typename Change>
bool WaitQueue::change_array(LineId id, Change change) {
	const auto entry = arrays_.find(id);
	if (entry == arrays_.end()) return false;
	TaskLine& line = entry->second;
	const bool waited = line.waits();
	const bool result = change(line);
	if (waited && !line.waits()) --waiting_arrays_;
	if (!waited && line.waits()) ++waiting_arrays_;
	note(id, line.can_take());
	if (line.over()) arrays_.erase(entry);
	return result;
}

void WaitQueue::note(LineId id, bool takeable) {
	if (takeable)
		takeable_.insert(id);
	else
		takeable_.erase(id);
}

}  // namespace ospt
