// SPDX-License-Identifier: MIT

#include "engine/wait_queue.h"

namespace ospt {

void WaitQueue::add(std::unique_ptr<WaitingJob> job, bool held) {
	job->place = next_place_++;
	places_.emplace(job->key, job->place);
	if (!job->announced) unannounced_.push_back(job->key);
	Line& line = held ? held_ : ready_;
	const std::uint64_t place = job->place;
	line.emplace_hint(line.end(), place, std::move(job));
}

std::unique_ptr<WaitingJob> WaitQueue::take() {
	if (!can_take()) return nullptr;
	auto job = std::move(ready_.begin()->second);
	ready_.erase(ready_.begin());
	places_.erase(job->key);
	++running_;
	return job;
}

void WaitQueue::put_back(std::unique_ptr<WaitingJob> job) {
	--running_;
	places_.emplace(job->key, job->place);
	if (!job->announced) unannounced_.push_back(job->key);
	const std::uint64_t place = job->place;
	ready_.emplace(place, std::move(job));
}

// Whoever holds a job knows that it waits.
bool WaitQueue::hold(const JobKey& key) {
	if (!move(key, ready_, held_)) return false;
	held_.at(places_.at(key))->announced = true;
	return true;
}

bool WaitQueue::move(const JobKey& key, Line& from, Line& to) {
	const auto place = places_.find(key);
	if (place == places_.end()) return false;
	auto node = from.extract(place->second);
	if (node.empty()) return false;
	to.insert(std::move(node));
	return true;
}

std::unique_ptr<WaitingJob> WaitQueue::remove(const JobKey& key) {
	const auto place = places_.find(key);
	if (place == places_.end()) return nullptr;
	auto node = ready_.extract(place->second);
	if (node.empty()) node = held_.extract(place->second);
	places_.erase(place);
	return std::move(node.mapped());
}

void WaitQueue::clear() {
	ready_.clear();
	held_.clear();
	unannounced_.clear();
	places_.clear();
}

}  // namespace ospt
