// SPDX-License-Identifier: MIT

#include "addon/engine_object.h"

#include <uv.h>

#include <cstring>
#include <string>

#include "addon/arguments.h"
#include "addon/event_encoding.h"
#include "addon/request_reader.h"

namespace ospt {
namespace {

// An Error with the properties of Node's own system errors.
void throw_system_error(Napi::Env env, const SystemError& error, const std::string& what) {
	const std::string code = uv_err_name(-error.error);
	Napi::Error exception = Napi::Error::New(env, what + ": " + std::string(error.call) + ": " + code);
	exception.Set("code", Napi::String::New(env, code));
	exception.Set("errno", Napi::Number::New(env, -error.error));
	exception.Set("syscall", Napi::String::New(env, std::string(error.call)));
	exception.ThrowAsJavaScriptException();
}

}  // namespace

Napi::Function EngineObject::define(Napi::Env env) {
	return DefineClass(
		env, "Engine",
		{InstanceMethod<&EngineObject::open_queue>("openQueue"),
		 InstanceMethod<&EngineObject::close_queue>("closeQueue"),
		 InstanceMethod<&EngineObject::submit>("submit"),
		 InstanceMethod<&EngineObject::submit_array>("submitArray"),
		 InstanceMethod<&EngineObject::control>("control"), InstanceMethod<&EngineObject::ref>("ref"),
		 InstanceMethod<&EngineObject::unref>("unref"), InstanceMethod<&EngineObject::close>("close")});
}

EngineObject::EngineObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<EngineObject>(info) {
	const Napi::Env env = info.Env();
	const Napi::Object options = info[0].IsObject() ? info[0].As<Napi::Object>() : Napi::Object::New(env);
	const Napi::Value launcher = options.Get("launcherPath");
	const Napi::Value callback = env.IsExceptionPending() ? env.Undefined() : options.Get("onEvents");
	if (env.IsExceptionPending()) return;
	if (!launcher.IsString() || !callback.IsFunction()) {
		Napi::TypeError::New(env, "Engine takes { launcherPath: string, onEvents: function }")
			.ThrowAsJavaScriptException();
		return;
	}
	notifier_ = Notifier::New(env, callback.As<Napi::Function>(), "os-process-tracker.events", 0, 1, this);
	if (env.IsExceptionPending()) return;
	notifier_.Unref(env);
	if (const auto error = Engine::create(launcher.As<Napi::String>().Utf8Value(), *this, engine_)) {
		notifier_.Release();
		throw_system_error(env, error, "the engine could not be started");
		return;
	}
	open_ = true;
	// The object must live as long as the engine may call it: until close(), or until the env ends.
	Ref();
	// Cleanup hooks run last-added-first: this one before that of the thread-safe function.
	napi_add_env_cleanup_hook(env, env_ends, this);
}

EngineObject::~EngineObject() {
	shut_down();
}

void EngineObject::env_ends(void* self) {
	static_cast<EngineObject*>(self)->shut_down();
}

void EngineObject::shut_down() {
	if (!std::exchange(open_, false)) return;
	engine_.reset();
	notifier_.Abort();
}

void EngineObject::close(const Napi::CallbackInfo& info) {
	if (!open_) return;
	napi_remove_env_cleanup_hook(info.Env(), env_ends, this);
	shut_down();
	Unref();
}

void EngineObject::events_ready() {
	notifier_.NonBlockingCall();
}

// Plain Node-API: while a worker thread is being terminated every call fails, and the C++ wrapper would
// answer that with a JavaScript exception, which fails too and ends the process.
void EngineObject::call_js(Napi::Env env, Napi::Function callback, EngineObject* self, void*) {
	// A null env: the call was still queued when the env ended.
	if (static_cast<napi_env>(env) == nullptr || callback.IsEmpty() || !self->open_) return;
	const std::vector<Event> events = self->engine_->take_events();
	const std::vector<double> numbers = encode_events(events);
	if (numbers.empty()) return;
	void* memory = nullptr;
	napi_value buffer = nullptr;
	napi_value batch = nullptr;
	napi_value receiver = nullptr;
	if (napi_create_arraybuffer(env, numbers.size() * sizeof(double), &memory, &buffer) != napi_ok) return;
	std::memcpy(memory, numbers.data(), numbers.size() * sizeof(double));
	if (napi_create_typedarray(env, napi_float64_array, numbers.size(), buffer, 0, &batch) != napi_ok) return;
	if (napi_get_undefined(env, &receiver) != napi_ok) return;
	// What the callback throws stays pending, and Node makes an uncaught exception of it.
	napi_call_function(env, receiver, callback, 1, &batch, nullptr);
}

bool EngineObject::require_open(Napi::Env env) {
	if (!open_) Napi::Error::New(env, "the engine is closed").ThrowAsJavaScriptException();
	return open_;
}

void EngineObject::open_queue(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	OpenQueue open{arguments.u32(0), arguments.u32(1), arguments.boolean(2)};
	if (arguments.good() && require_open(info.Env())) engine_->post(open);
}

void EngineObject::close_queue(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	CloseQueue close{arguments.u32(0)};
	if (arguments.good() && require_open(info.Env())) engine_->post(close);
}

void EngineObject::submit(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	Submit submit{{arguments.u32(0), 0, arguments.u53(1)}, {}, arguments.boolean(3)};
	if (!arguments.good() || !read_launch_request(info[2], Strings::Final, submit.request)) return;
	if (require_open(info.Env())) engine_->post(std::move(submit));
}

void EngineObject::submit_array(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	SubmitArray submit{{arguments.u32(0), 0, arguments.u53(1)},
					   {},
					   {arguments.u32(3), arguments.u32(4), arguments.u32(5)},
					   arguments.u32(6),
					   arguments.boolean(7)};
	if (!arguments.good()) return;
	if (!submit.range.valid() || submit.max_parallel == 0) {
		Napi::TypeError::New(info.Env(), "an array needs 1 <= begin <= end, step >= 1 and maxParallel >= 1")
			.ThrowAsJavaScriptException();
		return;
	}
	if (!read_launch_request(info[2], Strings::OfTasks, submit.request)) return;
	if (require_open(info.Env())) engine_->post(std::move(submit));
}

void EngineObject::control(const Napi::CallbackInfo& info) {
	Arguments arguments(info);
	Control control{{arguments.u32(0), arguments.u32(2), arguments.u53(1)},
					static_cast<ControlAction>(arguments.whole<std::uint32_t>(
						3, static_cast<double>(kControlActionNames.size() - 1))),
					arguments.u32(4)};
	if (arguments.good() && require_open(info.Env())) engine_->post(control);
}

void EngineObject::ref(const Napi::CallbackInfo& info) {
	if (open_) notifier_.Ref(info.Env());
}

void EngineObject::unref(const Napi::CallbackInfo& info) {
	if (open_) notifier_.Unref(info.Env());
}

}  // namespace ospt
