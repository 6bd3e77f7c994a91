// SPDX-License-Identifier: MIT
//
// wait_queue: the jobs of one queue that do not run yet, and the bound on those that do. Makes no system
// call.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/job_key.h"
#include "engine/launch_request.h"

namespace ospt {

struct WaitingJob {
	JobKey key;
	std::uint64_t place = 0;  // in the line; kept while the job is held or put back
	LaunchRequest request;
	// The user was told that the job waits. From then on a transient failure to start it only means: later.
	bool announced = false;
};

class WaitQueue {
  public:
	explicit WaitQueue(std::uint32_t max_running) : max_running_(max_running) {}

	void add(std::unique_ptr<WaitingJob> job, bool held);

	// The next job to start, in order of submission; null when none may start now. Counts as running from
	// here on.
	std::unique_ptr<WaitingJob> take();
	// Back to its old place in the line: it could not be started just now.
	void put_back(std::unique_ptr<WaitingJob> job);
	// A job that take() gave has ended, or has failed to start.
	void ended() { --running_; }

	bool can_take() const { return !ready_.empty() && running_ < max_running_; }
	bool contains(const JobKey& key) const { return places_.contains(key); }

	// False: the job does not wait here, or is (not) held already.
	bool hold(const JobKey& key);
	bool release(const JobKey& key) { return move(key, held_, ready_); }
	// Null: the job does not wait here.
	std::unique_ptr<WaitingJob> remove(const JobKey& key);

	// Calls `visit` for every job that has to wait without its user knowing, in order of submission.
	template <typename Visit>
	void announce(Visit visit) {
		for (const JobKey& key : unannounced_) {
			const auto place = places_.find(key);
			if (place == places_.end()) continue;
			const auto job = ready_.find(place->second);
			if (job != ready_.end() && !std::exchange(job->second->announced, true)) visit(*job->second);
		}
		unannounced_.clear();
	}
	std::uint32_t running() const { return running_; }
	bool empty() const { return places_.empty(); }
	void clear();

  private:
	using Line = std::map<std::uint64_t, std::unique_ptr<WaitingJob>>;
	bool move(const JobKey& key, Line& from, Line& to);

	std::uint32_t max_running_;
	std::uint32_t running_ = 0;
	std::uint64_t next_place_ = 0;
	Line ready_;
	Line held_;
	std::vector<JobKey> unannounced_;
	std::unordered_map<JobKey, std::uint64_t, JobKeyHash> places_;
};

}  // namespace ospt
