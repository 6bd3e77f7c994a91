// SPDX-License-Identifier: MIT
//
// user_name: the name of a user, by the user database of the machine. May be slow: the database may be a
// server.

#pragma once

#include <sys/types.h>

#include <string>

namespace ospt {

// The number as text for a user without a name, which is usual in containers.
std::string user_name(uid_t uid);

}  // namespace ospt
