// SPDX-License-Identifier: MIT

#include "addon/request_reader.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/current_umask.h"

namespace ospt {
namespace {

class Reader {
  public:
	Reader(const Napi::Object& object, Strings strings)
		: env_(object.Env()), object_(object), strings_(strings) {}

	void text(const char* name, std::string& out) {
		const Napi::Value value = get(name);
		if (!failed_) read_text(name, value, out);
	}

	void optional_text(const char* name, std::string& out) {
		const Napi::Value value = get(name);
		if (!failed_ && !value.IsUndefined()) read_text(name, value, out);
	}

	void list(const char* name, std::vector<std::string>& out) {
		const Napi::Value value = get(name);
		if (failed_) return;
		if (!value.IsArray()) return refuse(name, "must be an array of strings");
		const auto array = value.As<Napi::Array>();
		const std::uint32_t length = array.Length();
		for (std::uint32_t i = 0; i < length && !failed_; ++i) {
			Napi::HandleScope scope(env_);
			const Napi::Value element = array.Get(i);
			if (env_.IsExceptionPending())
				failed_ = true;
			else
				read_text(name, element, out.emplace_back());
		}
	}

	// Adds the environment of this process. Only read on the thread that changes it: JavaScript's main
	// thread, whose process.env is that environment.
	void inherited_environment(const char* name, std::vector<std::string>& out) {
		const Napi::Value value = get(name);
		if (failed_ || value.IsUndefined()) return;
		if (!value.IsObject()) return refuse(name, "must be an object");
		Reader reader(value.As<Napi::Object>(), Strings::Final);
		std::vector<std::string> except;
		reader.list("except", except);
		failed_ = reader.failed_;
		if (failed_) return;
		for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
			const std::string_view entry(*variable);
			const std::string_view entry_name = entry.substr(0, entry.find('='));
			if (std::find(except.begin(), except.end(), entry_name) == except.end()) out.emplace_back(entry);
		}
	}

	void stream(const char* name, LaunchStream& out) {
		const Napi::Value value = get(name);
		if (failed_) return;
		if (!value.IsObject()) return refuse(name, "must be an object");
		Reader reader(value.As<Napi::Object>(), strings_);
		std::string kind;
		reader.text("kind", kind);
		if (kind == "file" || kind == "append") {
			out.kind = kind == "file" ? StreamKind::File : StreamKind::Append;
			reader.text("path", out.path);
		} else if (kind == "tracker") {
			out.kind = StreamKind::Tracker;
			reader.descriptor("descriptor", out.descriptor);
		} else if (kind == "stdout") {
			out.kind = StreamKind::Stdout;
		} else if (kind != "null" && !reader.failed_) {
			reader.refuse("kind", "must be null, file, append, tracker or stdout");
		}
		failed_ = failed_ || reader.failed_;
	}

	bool good() const { return !failed_; }

  private:
	Napi::Value get(const char* name) {
		if (failed_) return env_.Undefined();
		Napi::Value value = object_.Get(name);
		// A getter of the caller's has thrown.
		if (env_.IsExceptionPending()) failed_ = true;
		return value;
	}

	void read_text(const char* name, const Napi::Value& value, std::string& out) {
		if (!value.IsString()) return refuse(name, "must be a string");
		out = value.As<Napi::String>().Utf8Value();
		// kIndexMark is a NUL.
		if (strings_ == Strings::Final && out.find(kIndexMark) != std::string::npos)
			refuse(name, "must not hold a NUL character");
	}

	void descriptor(const char* name, std::uint32_t& out) {
		const Napi::Value value = get(name);
		if (failed_) return;
		const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
		if (number != 0 && number != 1 && number != 2) return refuse(name, "must be 0, 1 or 2");
		out = static_cast<std::uint32_t>(number);
	}

	void refuse(const char* name, const char* what) {
		failed_ = true;
		Napi::TypeError::New(env_, std::string("launch request: ") + name + " " + what)
			.ThrowAsJavaScriptException();
	}

	Napi::Env env_;
	Napi::Object object_;
	Strings strings_;
	bool failed_ = false;
};

}  // namespace

bool read_launch_request(const Napi::Value& value, Strings strings, LaunchRequest& request) {
	if (!value.IsObject()) {
		Napi::TypeError::New(value.Env(), "launch request: must be an object").ThrowAsJavaScriptException();
		return false;
	}
	Reader reader(value.As<Napi::Object>(), strings);
	reader.text("path", request.path);
	reader.optional_text("searchPath", request.search_path);
	reader.list("argv", request.argv);
	reader.list("env", request.env);
	reader.inherited_environment("inherit", request.env);
	reader.text("workingDirectory", request.working_directory);
	reader.stream("stdin", request.streams[0]);
	reader.stream("stdout", request.streams[1]);
	reader.stream("stderr", request.streams[2]);
	if (!reader.good()) return false;
	request.umask = current_umask();
	return true;
}

}  // namespace ospt
