// SPDX-License-Identifier: MIT

#include "procfs/user_name.h"

#include <pwd.h>

#include <cerrno>

namespace ospt {

std::string user_name(uid_t uid) {
	constexpr std::size_t kLargest = 1 << 20;
	for (std::string memory(1024, '\0'); memory.size() <= kLargest; memory.resize(memory.size() * 2)) {
		passwd entry{};
		passwd* found = nullptr;
		const int error = ::getpwuid_r(uid, &entry, memory.data(), memory.size(), &found);
		if (error == ERANGE) continue;
		if (error == 0 && found != nullptr) return found->pw_name;
		break;
	}
	return std::to_string(uid);
}

}  // namespace ospt
