// SPDX-License-Identifier: MIT
//
// guard_table: the running process groups that must not outlive Node, in memory that the launcher reads when
// Node is gone (option killOnExit).

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <vector>

#include "core/launch_page.h"
#include "core/system_error.h"
#include "engine/shared_memory.h"

namespace ospt {

class GuardTable {
  public:
	static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

	SystemError open() { return memory_.resize("ospt-guard", kInitialEntries * sizeof(GuardEntry)); }
	int fd() const { return memory_.fd(); }
	bool in_use() const { return used_ > free_.size(); }

	// Makes sure that `entries` groups fit. To be called before the group exists: add() cannot fail.
	SystemError reserve(std::size_t entries);
	// `leader` must be a child that has not been waited for.
	std::size_t add(pid_t leader);
	// To be called before the leader is waited for: afterwards its number may be another's.
	void remove(std::size_t index);

  private:
	static constexpr std::size_t kInitialEntries = 256;
	GuardEntry& entry(std::size_t index) { return static_cast<GuardEntry*>(memory_.data())[index]; }
	std::size_t capacity() const { return memory_.size() / sizeof(GuardEntry); }

	SharedMemory memory_;
	std::vector<std::size_t> free_;
	std::size_t used_ = 0;  // entries [0, used_) have been given out before
};

}  // namespace ospt
