// SPDX-License-Identifier: MIT
//
// engine_object: the engine as one JavaScript class.
//
//   new Engine({ launcherPath, onEvents })     onEvents(Float64Array), see event_encoding.h
//   openQueue(queue, maxRunning, killOnExit)   closeQueue(queue)
//   submit(queue, job, request, held)
//   submitArray(queue, job, request, begin, end, step, maxParallel, held)
//   control(queue, job, task, action, token)   task 0: a single job, or all tasks of an array
//   ref()  unref()                             whether the engine keeps the event loop alive
//   close()
//
//  - All methods run on the thread of their env; the engine's thread reaches that thread by one thread-safe
//    function.
//  - When the env ends (process.exit, the end of a worker thread), its cleanup hook closes the engine first:
//    after that the engine's thread does not touch Node-API any more, though it may live on to wait for
//    running jobs.

#pragma once

#include <napi.h>

#include <memory>

#include "engine/engine.h"

namespace ospt {

class EngineObject : public Napi::ObjectWrap<EngineObject>, private EventSink {
  public:
	static Napi::Function define(Napi::Env env);
	explicit EngineObject(const Napi::CallbackInfo& info);
	~EngineObject() override;

  private:
	static void call_js(Napi::Env env, Napi::Function callback, EngineObject* self, void* data);
	using Notifier = Napi::TypedThreadSafeFunction<EngineObject, void, call_js>;

	void open_queue(const Napi::CallbackInfo& info);
	void close_queue(const Napi::CallbackInfo& info);
	void submit(const Napi::CallbackInfo& info);
	void submit_array(const Napi::CallbackInfo& info);
	void control(const Napi::CallbackInfo& info);
	void ref(const Napi::CallbackInfo& info);
	void unref(const Napi::CallbackInfo& info);
	void close(const Napi::CallbackInfo& info);

	static void env_ends(void* self);
	void events_ready() override;
	bool require_open(Napi::Env env);
	void shut_down();

	std::unique_ptr<Engine> engine_;
	Notifier notifier_;
	bool open_ = false;
};

}  // namespace ospt
