// SPDX-License-Identifier: MIT
//
// arguments: the arguments of a call out of JavaScript, checked. The first that is wrong throws a TypeError;
// the values that are read after it mean nothing.

#pragma once

#include <napi.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ospt {

class Arguments {
  public:
	explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

	// A whole number from 0 to `largest`.
	template <typename Integer>
	Integer whole(std::size_t index, double largest) {
		const double value = info_[index].IsNumber() ? info_[index].As<Napi::Number>().DoubleValue() : -1;
		if (value >= 0 && value <= largest &&
			value == static_cast<double>(static_cast<std::uint64_t>(value))) {
			return static_cast<Integer>(value);
		}
		refuse(index, "must be a whole number within its range");
		return 0;
	}
	std::uint32_t u32(std::size_t index) { return whole<std::uint32_t>(index, UINT32_MAX); }
	std::uint64_t u53(std::size_t index) { return whole<std::uint64_t>(index, 9007199254740991.0); }
	std::uint32_t below(std::size_t index, double limit) { return whole<std::uint32_t>(index, limit - 1); }

	bool boolean(std::size_t index) {
		if (info_[index].IsBoolean()) return info_[index].As<Napi::Boolean>().Value();
		refuse(index, "must be a boolean");
		return false;
	}
	std::string path(std::size_t index) {
		std::string text =
			info_[index].IsString() ? info_[index].As<Napi::String>().Utf8Value() : std::string(1, '\0');
		if (text.find('\0') != std::string::npos) refuse(index, "must be a path");
		return text;
	}
	std::vector<pid_t> ids(std::size_t index) {
		const Napi::Value value = info_[index];
		if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array) {
			refuse(index, "must be an Int32Array");
			return {};
		}
		const auto array = value.As<Napi::Int32Array>();
		// An array whose buffer was given away has no data.
		if (array.ElementLength() == 0 || array.Data() == nullptr) return {};
		return {array.Data(), array.Data() + array.ElementLength()};
	}

	bool good() const { return good_; }

  private:
	void refuse(std::size_t index, const char* what) {
		if (!std::exchange(good_, false)) return;
		Napi::TypeError::New(info_.Env(), "argument " + std::to_string(index + 1) + " " + what)
			.ThrowAsJavaScriptException();
	}

	const Napi::CallbackInfo& info_;
	bool good_ = true;
};

}  // namespace ospt
