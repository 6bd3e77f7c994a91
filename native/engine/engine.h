// SPDX-License-Identifier: MIT
//
// engine: starts, watches and signals jobs on one thread of its own. Commands in, events out, all plain data.
//
//   post(command) ─► Mailbox ─► EngineLoop ─► LauncherLink ─► (launcher program) ─► job
//                                   │  ▲                                            │
//   events_ready() ◄─ Outbox ◄──────┘  └── pidfd, wait4, StopWatcher ◄──────────────┘
//
//  - It knows nothing of Node: it builds, runs and is tested as an ordinary library.
//  - Every job that was dispatched ends in exactly one Ended event; every submitted job in exactly one of
//    Ended, LaunchFailed, Cancelled (or is withdrawn).
//  - The destructor disengages: jobs that run go on, the thread lives on unseen until it has waited for the
//    last of them.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/system_error.h"
#include "engine/command.h"
#include "engine/event.h"
#include "engine/outbox.h"

namespace ospt {

class EngineLoop;

class Engine {
  public:
	// `launcher_program`: path of the launcher executable; it is started with the first job. `sink` must
	// outlive the engine. On failure `engine` stays empty.
	static SystemError create(std::string launcher_program, EventSink& sink, std::unique_ptr<Engine>& engine);
	~Engine();

	// From any thread; never blocks.
	void post(Command command);
	std::vector<Event> take_events();

  private:
	explicit Engine(std::shared_ptr<EngineLoop> loop) : loop_(std::move(loop)) {}

	std::shared_ptr<EngineLoop> loop_;
};

}  // namespace ospt
