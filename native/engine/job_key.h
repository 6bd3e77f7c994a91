// SPDX-License-Identifier: MIT
//
// job_key: the name of a job between the engine and its users.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace ospt {

struct JobKey {
	std::uint32_t queue = 0;
	std::uint32_t task = 0;  // 0: a single job; an array's tasks count from 1
	std::uint64_t job = 0;

	bool operator==(const JobKey&) const = default;
};

struct JobKeyHash {
	std::size_t operator()(const JobKey& key) const {
		// Consecutive ids are the common case; the odd multiplier (2^64 / golden ratio) spreads them.
		const std::uint64_t mixed =
			(key.job ^ (std::uint64_t{key.queue} << 40)) * 0x9e3779b97f4a7c15U + key.task;
		return std::hash<std::uint64_t>{}(mixed);
	}
};

}  // namespace ospt
