// SPDX-License-Identifier: MIT
//
// engine-host LAUNCHER: stands for a Node that is killed. It runs one job that must not outlive it and one
// that may, writes their pids in one line, and waits to be killed.

#include <unistd.h>

#include <cstdio>
#include <memory>

#include "engine/engine.h"

namespace {

class Silent final : public ospt::EventSink {
	void events_ready() override {}
};

ospt::LaunchRequest sleeper() {
	ospt::LaunchRequest request;
	request.path = "/bin/sleep";
	request.argv = {"sleep", "600"};
	request.working_directory = "/";
	return request;
}

}  // namespace

int main(int argc, char** argv) {
	if (argc < 2) return 2;
	Silent sink;
	std::unique_ptr<ospt::Engine> engine;
	if (ospt::Engine::create(argv[1], sink, engine)) return 1;
	engine->post(ospt::OpenQueue{1, UINT32_MAX, true});
	engine->post(ospt::OpenQueue{2, UINT32_MAX, false});
	engine->post(ospt::Submit{{1, 0, 1}, sleeper(), false});
	engine->post(ospt::Submit{{2, 0, 2}, sleeper(), false});
	pid_t pids[3] = {0, 0, 0};
	while (pids[1] == 0 || pids[2] == 0) {
		for (const ospt::Event& event : engine->take_events()) {
			if (const auto* started = std::get_if<ospt::Dispatched>(&event.what)) {
				pids[event.key.queue] = started->pid;
			}
		}
		::usleep(1000);
	}
	std::printf("%d %d\n", pids[1], pids[2]);
	std::fflush(stdout);
	for (;;) ::pause();
}
