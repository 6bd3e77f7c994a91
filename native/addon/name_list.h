// SPDX-License-Identifier: MIT
//
// name_list: a table of names as a JavaScript array.

#pragma once

#include <napi.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ospt {

template <typename Names>
Napi::Array name_list(Napi::Env env, const Names& names) {
	Napi::Array array = Napi::Array::New(env);
	std::uint32_t index = 0;
	for (const std::string_view name : names) array.Set(index++, std::string(name));
	return array;
}

}  // namespace ospt
