// SPDX-License-Identifier: MIT
//
// request_reader: a launch request out of a JavaScript object. TypeScript has validated it; what is checked
// here keeps C++ safe from any other caller.

#pragma once

#include <napi.h>

#include "engine/launch_request.h"

namespace ospt {

// Whether the strings are those of one job, or hold kIndexMark where the index of an array's task belongs.
enum class Strings { Final, OfTasks };

// False: a TypeError is pending.
bool read_launch_request(const Napi::Value& value, Strings strings, LaunchRequest& request);

}  // namespace ospt
