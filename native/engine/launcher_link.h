// SPDX-License-Identifier: MIT
//
// launcher_link: the engine's side of the launcher. Starts it when it is first needed and again after its
// death, hands it the requests, and keeps the memory shared with it.
//
// The launcher never answers. What came of a launch shows at its report pipe:
//   bytes (LaunchFailure)      a step failed
//   end of file, pid in slot   the program runs (execve closed the pipe)
//   end of file, no pid        the launcher died with the request in its hands: nothing was started

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/launch_page.h"
#include "core/launch_stage.h"
#include "core/unique_fd.h"
#include "engine/guard_table.h"
#include "engine/launch_pattern.h"
#include "engine/launcher_process.h"
#include "engine/shared_memory.h"

namespace ospt {

class LauncherLink {
  public:
	explicit LauncherLink(std::string program) : program_(std::move(program)) {}
	~LauncherLink();

	SystemError open();

	struct Launch {
		std::uint32_t slot = 0;
		UniqueFd report;      // read end of the report pipe
		UniqueFd report_end;  // write end, until it is sent
	};
	enum class Step { Done, Busy, Failed };
	// A slot and a report pipe for a launch. Busy: too many launches are under way; try again when one of
	// them has come to its end. A launch that was begun is either sent or abandoned.
	Step begin(bool guarded, Launch& launch, LaunchFailure& failure);
	Step send(const LaunchPattern& pattern, std::uint32_t task, Launch& launch, LaunchFailure& failure);
	void abandon(Launch& launch);

	// Starts a launcher when there is none. (Guarded jobs need one also while nothing is launched.)
	SystemError ensure_launcher();
	// The launcher that gets the next request; it changes with every start.
	const LauncherProcess& launcher() const { return launcher_; }
	// Calls `watch` for every launcher that nobody watches yet, also for those that were told to leave; true:
	// it is watched from now on.
	template <typename Watch>
	void watch_launchers(Watch watch) {
		if (launcher_ && !launcher_.watched) launcher_.watched = watch(launcher_);
		for (LauncherProcess& retired : retired_) {
			if (!retired.watched) retired.watched = watch(retired);
		}
	}

	// To be called when the pidfd of a launcher became readable: waits for it and forgets it.
	void launcher_ended(pid_t pid);
	// Ends the launcher, without harm to running jobs. To be followed by launcher_ended().
	void kill_launcher();

	LaunchSlot& slot(std::uint32_t index) { return page().slots[index]; }
	void free_slot(std::uint32_t index);

	GuardTable& guard() { return guard_; }

  private:
	struct Credentials {
		uid_t uids[3];
		gid_t gids[3];
		bool operator==(const Credentials&) const = default;
	};
	static Credentials own_credentials();

	LaunchPage& page() { return *static_cast<LaunchPage*>(page_.data()); }
	void retire_launcher();
	void put_away_launcher();
	int transmit(int report);

	std::string program_;
	SharedMemory page_;
	GuardTable guard_;
	LauncherProcess launcher_;
	// Told to leave, not yet waited for.
	std::vector<LauncherProcess> retired_;
	Credentials launcher_credentials_{};
	std::vector<std::uint32_t> free_slots_;
	std::vector<char> buffer_;
};

}  // namespace ospt
