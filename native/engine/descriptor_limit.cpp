// SPDX-License-Identifier: MIT

#include "engine/descriptor_limit.h"

#include <sys/resource.h>

namespace ospt {
namespace {

std::uint64_t raise() {
	rlimit limit{};
	if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return RLIM_INFINITY;
	const std::uint64_t found = limit.rlim_cur;
	limit.rlim_cur = limit.rlim_max;
	// Refused: the engine works within the limit that is there.
	::setrlimit(RLIMIT_NOFILE, &limit);
	return found;
}

}  // namespace

std::uint64_t raise_descriptor_limit() {
	static const std::uint64_t found = raise();
	return found;
}

}  // namespace ospt
