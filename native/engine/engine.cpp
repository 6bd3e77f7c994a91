// SPDX-License-Identifier: MIT

#include "engine/engine.h"

#include "engine/engine_loop.h"
#include "engine/thread.h"

namespace ospt {
namespace {

void* run_loop(void* argument) {
	const std::unique_ptr<std::shared_ptr<EngineLoop>> loop(
		static_cast<std::shared_ptr<EngineLoop>*>(argument));
	(*loop)->run();
	return nullptr;
}

}  // namespace

SystemError Engine::create(std::string launcher_program, EventSink& sink, std::unique_ptr<Engine>& engine) {
	auto loop = std::make_shared<EngineLoop>(std::move(launcher_program), sink);
	if (const auto error = loop->open()) return error;
	// The thread is an owner of the loop, so that it may outlive this object.
	auto argument = std::make_unique<std::shared_ptr<EngineLoop>>(loop);
	if (const int error = start_detached_thread("ospt-engine", run_loop, argument.get())) {
		loop->close();
		return {"pthread_create", error};
	}
	static_cast<void>(argument.release());
	engine.reset(new Engine(std::move(loop)));
	return {};
}

Engine::~Engine() {
	loop_->disengage();
}

void Engine::post(Command command) {
	loop_->mailbox().post(std::move(command));
}

std::vector<Event> Engine::take_events() {
	return loop_->outbox().take();
}

}  // namespace ospt
