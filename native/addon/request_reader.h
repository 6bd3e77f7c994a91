// SPDX-License-Identifier: MIT
//
// request_reader: a launch request out of a JavaScript object. TypeScript has validated it; what is checked
// here keeps C++ safe from any other caller.

#pragma once

#include <napi.h>

#include "engine/launch_request.h"

namespace ospt {

// False: a TypeError is pending.
bool read_launch_request(const Napi::Value& value, LaunchRequest& request);

}  // namespace ospt
