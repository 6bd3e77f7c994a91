// SPDX-License-Identifier: MIT

#include "engine/shared_memory.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

namespace ospt {

SharedMemory::~SharedMemory() {
	if (data_ != nullptr) ::munmap(data_, size_);
}

SystemError SharedMemory::resize(const char* name, std::size_t size) {
	if (!fd_) fd_.reset(::memfd_create(name, MFD_CLOEXEC));
	if (!fd_) return {"memfd_create", errno};
	if (::ftruncate(fd_.get(), static_cast<off_t>(size)) < 0) return {"ftruncate", errno};
	void* data = data_ == nullptr ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0)
								  : ::mremap(data_, size_, size, MREMAP_MAYMOVE);
	if (data == MAP_FAILED) return {"mmap", errno};
	data_ = data;
	size_ = size;
	return {};
}

}  // namespace ospt
