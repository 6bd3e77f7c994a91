// SPDX-License-Identifier: MIT
//
// addon: what JavaScript gets: the class Engine, the readers of procfs/, and the numbering of everything that
// crosses the border as a number.

#include <napi.h>

#include "addon/engine_object.h"
#include "addon/event_encoding.h"
#include "addon/name_list.h"
#include "addon/procfs_functions.h"

namespace {

Napi::Object numbering(Napi::Env env) {
	Napi::Object object = Napi::Object::New(env);
	Napi::Array events = Napi::Array::New(env);
	std::uint32_t index = 0;
	for (const ospt::EventKindLayout& kind : ospt::kEventLayout) {
		Napi::Object entry = Napi::Object::New(env);
		entry.Set("name", std::string(kind.name));
		entry.Set("fields", ospt::name_list(env, kind.fields));
		events.Set(index++, entry);
	}
	object.Set("events", events);
	object.Set("launchStages", ospt::name_list(env, ospt::kLaunchStageNames));
	object.Set("controlActions", ospt::name_list(env, ospt::kControlActionNames));
	object.Set("controlResults", ospt::name_list(env, ospt::kControlResultNames));
	return object;
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
	exports.Set("Engine", ospt::EngineObject::define(env));
	exports.Set("numbering", numbering(env));
	ospt::define_procfs_functions(env, exports);
	return exports;
}

}  // namespace

NODE_API_MODULE(os_process_tracker, init)
