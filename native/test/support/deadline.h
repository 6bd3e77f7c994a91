// SPDX-License-Identifier: MIT
//
// deadline: waiting for a condition. No test sleeps and hopes.

#pragma once

#include <time.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace ospt::test {

// Far more than anything takes on a busy machine: reached only when a test fails.
inline constexpr std::chrono::seconds kPatience{30};

// True as soon as `condition` is; false when it is not within `limit`.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = kPatience) {
	const auto end = std::chrono::steady_clock::now() + limit;
	while (!condition()) {
		if (std::chrono::steady_clock::now() >= end) return false;
		const timespec pause{0, 1'000'000};
		::nanosleep(&pause, nullptr);
	}
	return true;
}

// For the steps that a test builds upon: without them there is nothing left to check.
template <typename Condition>
void require_eventually(const std::string& what, Condition condition) {
	if (!eventually(condition)) throw std::runtime_error("never came true: " + what);
}

}  // namespace ospt::test
