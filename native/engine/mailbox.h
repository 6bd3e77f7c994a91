// SPDX-License-Identifier: MIT
//
// mailbox: how other threads reach the engine's thread.

#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "core/unique_fd.h"
#include "engine/command.h"
#include "engine/stop_watcher.h"

namespace ospt {

// The user of the engine has gone. Jobs that run go on, and are waited for; nothing new is started.
struct Disengage {};

using Letter = std::variant<Command, StopNotice, Disengage>;

class Mailbox {
  public:
	// Invalid, with errno set, when there is no descriptor to be had.
	int open() {
		wake_.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
		return wake_.get();
	}
	// Readable while there is a letter.
	int fd() const { return wake_.get(); }

	void post(Letter letter) {
		bool first = false;
		{
			std::lock_guard lock(mutex_);
			first = letters_.empty();
			letters_.push_back(std::move(letter));
		}
		const std::uint64_t one = 1;
		// Cannot fail: the counter is at most 1.
		if (first) [[maybe_unused]]
			const auto written = ::write(wake_.get(), &one, sizeof one);
	}

	// `letters` is emptied and filled; its memory goes round.
	void take(std::vector<Letter>& letters) {
		letters.clear();
		std::uint64_t count = 0;
		[[maybe_unused]] const auto size = ::read(wake_.get(), &count, sizeof count);
		std::lock_guard lock(mutex_);
		std::swap(letters, letters_);
	}

  private:
	UniqueFd wake_;
	std::mutex mutex_;
	std::vector<Letter> letters_;
};

}  // namespace ospt
