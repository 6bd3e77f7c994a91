// SPDX-License-Identifier: MIT
//
// raw_launcher: a launcher program without a LauncherLink: the test holds the socket and the shared memory
// itself, and can close the one and write into the other.

#pragma once

#include <cstdint>
#include <vector>

#include "engine/guard_table.h"
#include "engine/launcher_process.h"
#include "support/requests.h"

namespace ospt::test {

class RawLauncher {
  public:
	explicit RawLauncher(std::uint64_t descriptor_limit = 1024);
	~RawLauncher();
	RawLauncher(const RawLauncher&) = delete;
	RawLauncher& operator=(const RawLauncher&) = delete;

	// Sends a request for slot 0 and returns the read end of its report pipe.
	UniqueFd send(const LaunchRequest& request);
	UniqueFd send_bytes(std::vector<char> bytes);
	void send_retire();
	// What Node's death looks like to the launcher.
	void close_socket() { process_.socket.reset(); }
	// Waits for its end; the wait status.
	int end();

	pid_t pid() const { return process_.pid; }
	LaunchSlot& slot(std::uint32_t index) { return page().slots[index]; }
	GuardTable& guard() { return guard_; }

  private:
	LaunchPage& page() { return *static_cast<LaunchPage*>(page_memory_.data()); }

	SharedMemory page_memory_;
	GuardTable guard_;
	LauncherProcess process_;
};

}  // namespace ospt::test
