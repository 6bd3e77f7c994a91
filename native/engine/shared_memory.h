// SPDX-License-Identifier: MIT
//
// shared_memory: a memfd and its mapping.

#pragma once

#include <cstddef>

#include "core/system_error.h"
#include "core/unique_fd.h"

namespace ospt {

class SharedMemory {
  public:
	SharedMemory() = default;
	~SharedMemory();
	SharedMemory(const SharedMemory&) = delete;
	SharedMemory& operator=(const SharedMemory&) = delete;

	// Creates it, or makes it larger; what is there stays. Addresses may change. The new part is zero.
	SystemError resize(const char* name, std::size_t size);

	void* data() const { return data_; }
	std::size_t size() const { return size_; }
	int fd() const { return fd_.get(); }

  private:
	UniqueFd fd_;
	void* data_ = nullptr;
	std::size_t size_ = 0;
};

}  // namespace ospt
