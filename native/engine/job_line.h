// SPDX-License-Identifier: MIT
//
// job_line: the single jobs of a queue that wait, in the order of their submission.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/ticket.h"

namespace ospt {

class JobLine {
  public:
	// Gives it the next place.
	void add(Ticket job, bool held);

	bool can_take() const { return !ready_.empty(); }
	Ticket take();
	void put_back(Ticket job);

	bool empty() const { return places_.empty(); }
	bool contains(const JobKey& key) const { return places_.contains(key); }
	// False: it does not wait here, or is (not) held already.
	bool hold(const JobKey& key);
	bool release(const JobKey& key) { return move(key, held_, ready_); }
	// False: it does not wait here.
	bool remove(const JobKey& key);
	void clear();

	// Calls `visit` for every job that has to wait without its user knowing, in order of submission.
	template <typename Visit>
	void announce(Visit visit) {
		for (const JobKey& key : unannounced_) {
			const auto place = places_.find(key);
			if (place == places_.end()) continue;
			const auto job = ready_.find(place->second);
			if (job != ready_.end() && !std::exchange(job->second.announced, true)) visit(key);
		}
		unannounced_.clear();
	}

  private:
	using Line = std::map<std::uint64_t, Ticket>;
	bool move(const JobKey& key, Line& from, Line& to);

	std::uint64_t next_place_ = 0;
	Line ready_;
	Line held_;
	std::vector<JobKey> unannounced_;
	std::unordered_map<JobKey, std::uint64_t, JobKeyHash> places_;
};

}  // namespace ospt
