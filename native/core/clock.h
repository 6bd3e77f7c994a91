// SPDX-License-Identifier: MIT
//
// clock: the two clocks of an exit record, in nanoseconds.

#pragma once

#include <time.h>

#include <cstdint>

namespace ospt {

inline std::int64_t clock_ns(clockid_t clock) {
	timespec now{};
	::clock_gettime(clock, &now);
	return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}
inline std::int64_t monotonic_ns() {
	return clock_ns(CLOCK_MONOTONIC);
}
inline std::int64_t realtime_ns() {
	return clock_ns(CLOCK_REALTIME);
}

// The wall-clock time of a moment that was measured on the monotonic clock.
inline std::int64_t realtime_of(std::int64_t monotonic) {
	return realtime_ns() - (monotonic_ns() - monotonic);
}

}  // namespace ospt
