// SPDX-License-Identifier: MIT
//
// system_error: a failed system call as a plain value.

#pragma once

#include <string_view>

namespace ospt {

struct SystemError {
	std::string_view call;  // always a literal: "epoll_create1"
	int error = 0;          // errno; 0 is success

	explicit operator bool() const { return error != 0; }
};

}  // namespace ospt
