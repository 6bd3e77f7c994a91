// SPDX-License-Identifier: MIT

#include "engine/job_line.h"

namespace ospt {

void JobLine::add(Ticket job, bool held) {
	job.place = next_place_++;
	places_.emplace(job.key, job.place);
	if (!job.announced) unannounced_.push_back(job.key);
	Line& line = held ? held_ : ready_;
	const std::uint64_t place = job.place;
	line.emplace_hint(line.end(), place, std::move(job));
}

Ticket JobLine::take() {
	Ticket job = std::move(ready_.begin()->second);
	ready_.erase(ready_.begin());
	places_.erase(job.key);
	return job;
}

void JobLine::put_back(Ticket job) {
	places_.emplace(job.key, job.place);
	if (!job.announced) unannounced_.push_back(job.key);
	const std::uint64_t place = job.place;
	ready_.emplace(place, std::move(job));
}

// Whoever holds a job knows that it waits.
bool JobLine::hold(const JobKey& key) {
	if (!move(key, ready_, held_)) return false;
	held_.at(places_.at(key)).announced = true;
	return true;
}

bool JobLine::move(const JobKey& key, Line& from, Line& to) {
	const auto place = places_.find(key);
	if (place == places_.end()) return false;
	auto node = from.extract(place->second);
	if (node.empty()) return false;
	to.insert(std::move(node));
	return true;
}

bool JobLine::remove(const JobKey& key) {
	const auto place = places_.find(key);
	if (place == places_.end()) return false;
	if (ready_.erase(place->second) == 0) held_.erase(place->second);
	places_.erase(place);
	return true;
}

void JobLine::clear() {
	ready_.clear();
	held_.clear();
	unannounced_.clear();
	places_.clear();
}

}  // namespace ospt
