// SPDX-License-Identifier: MIT

#include "engine/stop_watcher.h"

#include <errno.h>
#include <pthread.h>
#include <sys/wait.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/thread.h"

namespace ospt::stop_watcher {
namespace {

struct Watcher {
	std::mutex mutex;
	std::condition_variable more_children;
	std::uint64_t children_created = 0;
	std::vector<StopListener*> listeners;
	bool started = false;
};

// Never destroyed: the thread outlives the destructors of static objects.
Watcher& watcher() {
	static auto* const instance = new Watcher;
	return *instance;
}

void publish(const siginfo_t& info) {
	const StopNotice notice{info.si_pid, info.si_code == CLD_CONTINUED ? 0 : info.si_status};
	std::lock_guard lock(watcher().mutex);
	for (StopListener* listener : watcher().listeners) listener->child_stopped(notice);
}

[[noreturn]] void* watch(void*) {
	std::uint64_t seen = 0;
	for (;;) {
		siginfo_t info{};
		if (::waitid(P_ALL, 0, &info, WSTOPPED | WCONTINUED) == 0) {
			publish(info);
			continue;
		}
		if (errno != ECHILD) continue;  // EINTR
		// A child created between the call above and the lock has raised the counter: waitid is asked again.
		std::unique_lock lock(watcher().mutex);
		watcher().more_children.wait(lock, [&seen] { return watcher().children_created != seen; });
		seen = watcher().children_created;
	}
}

}  // namespace

int subscribe(StopListener& listener) {
	std::lock_guard lock(watcher().mutex);
	if (!watcher().started) {
		if (const int error = start_detached_thread("ospt-stops", watch, nullptr)) return error;
		watcher().started = true;
	}
	watcher().listeners.push_back(&listener);
	return 0;
}

void unsubscribe(StopListener& listener) {
	std::lock_guard lock(watcher().mutex);
	std::erase(watcher().listeners, &listener);
}

void child_created() {
	{
		std::lock_guard lock(watcher().mutex);
		++watcher().children_created;
	}
	watcher().more_children.notify_one();
}

}  // namespace ospt::stop_watcher
