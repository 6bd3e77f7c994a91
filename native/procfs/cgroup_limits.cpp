// SPDX-License-Identifier: MIT

#include "procfs/cgroup_limits.h"

#include <string>
#include <string_view>
#include <vector>

#include "procfs/mount_table.h"
#include "procfs/text.h"

namespace ospt {
namespace {

// A line of /proc/self/cgroup: "4:memory:/path", and "0::/path" of version 2.
struct Membership {
	std::string_view controllers;
	std::string_view path;

	bool has(std::string_view controller) const {
		std::string_view rest = controllers;
		while (!rest.empty()) {
			if (take_until(rest, ',') == controller) return true;
		}
		return false;
	}
};

std::vector<Membership> parse_memberships(std::string_view text) {
	std::vector<Membership> memberships;
	while (!text.empty()) {
		std::string_view line = take_until(text, '\n');
		take_until(line, ':');
		const std::string_view controllers = take_until(line, ':');
		if (!line.empty()) memberships.push_back({controllers, line});
	}
	return memberships;
}

// The directories of a process's group and of all groups above it that can be seen, its own first.
std::vector<std::string> folders(const Mount& mount, std::string_view path) {
	std::string_view below = path;
	if (mount.root != "/") {
		// In a container the mounted part often begins at its own group.
		const bool inside = path.substr(0, mount.root.size()) == mount.root &&
							(path.size() == mount.root.size() || path[mount.root.size()] == '/');
		below = inside ? path.substr(mount.root.size()) : std::string_view();
	}
	// "/.." is the path of a process that is above what this namespace shows.
	if (below == "/" || below.find("..") != std::string_view::npos) below = {};
	const std::string& top = mount.point;
	std::vector<std::string> list;
	for (;;) {
		list.push_back(top + std::string(below) + '/');
		if (below.empty()) return list;
		below = below.substr(0, below.rfind('/'));
	}
}

// Above this it is the way of version 1 to say that there is no limit: the largest number, cut to whole
// pages.
constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 62;

template <typename Number>
void tighten(std::optional<Number>& limit, std::optional<Number> other) {
	if (other && (!limit || *other < *limit)) limit = other;
}

// "max" and "-1" are no numbers of this kind.
std::optional<std::uint64_t> limit_in(TextFiles& files, const std::string& path) {
	const std::string text = files.read(path);
	const auto limit = to_number<std::uint64_t>(trimmed(text));
	return limit && *limit < kNoLimit ? limit : std::nullopt;
}

std::optional<std::uint64_t> hierarchical_memory_limit(TextFiles& files, const std::string& folder) {
	const std::string text = files.read(folder + "memory.stat");
	std::string_view rest = text;
	while (!rest.empty()) {
		std::string_view line = take_until(rest, '\n');
		if (take_field(line) != "hierarchical_memory_limit") continue;
		const auto limit = to_number<std::uint64_t>(trimmed(line));
		return limit && *limit < kNoLimit ? limit : std::nullopt;
	}
	return limit_in(files, folder + "memory.limit_in_bytes");
}

std::optional<double> share(std::optional<std::uint64_t> quota, std::optional<std::uint64_t> period) {
	if (!quota || !period || *period == 0) return std::nullopt;
	return static_cast<double>(*quota) / static_cast<double>(*period);
}

// "50000 100000"; "max 100000" is no limit.
std::optional<double> share_in(TextFiles& files, const std::string& path) {
	const std::string text = files.read(path);
	std::string_view rest = text;
	const auto quota = to_number<std::uint64_t>(take_field(rest));
	return share(quota, to_number<std::uint64_t>(take_field(rest)));
}

std::optional<CpuSet> cpus_in(TextFiles& files, const std::string& path) {
	auto cpus = parse_cpu_list(files.read(path));
	return cpus && !cpus->empty() ? cpus : std::nullopt;
}

void read_version2(TextFiles& files, const std::vector<std::string>& folders, CgroupLimits& limits) {
	for (const std::string& folder : folders) {
		tighten(limits.memory_bytes, limit_in(files, folder + "memory.max"));
		tighten(limits.swap_bytes, limit_in(files, folder + "memory.swap.max"));
		tighten(limits.processes, limit_in(files, folder + "pids.max"));
		tighten(limits.processors, share_in(files, folder + "cpu.max"));
		if (!limits.cpus) limits.cpus = cpus_in(files, folder + "cpuset.cpus.effective");
	}
}

void read_version1(TextFiles& files, const Mount& mount, const std::vector<std::string>& folders,
				   CgroupLimits& limits) {
	if (mount.has_option("memory"))
		tighten(limits.memory_bytes, hierarchical_memory_limit(files, folders.front()));
	if (mount.has_option("cpuset")) {
		limits.cpus = cpus_in(files, folders.front() + "cpuset.effective_cpus");
		if (!limits.cpus) limits.cpus = cpus_in(files, folders.front() + "cpuset.cpus");
	}
	for (const std::string& folder : folders) {
		if (mount.has_option("pids")) tighten(limits.processes, limit_in(files, folder + "pids.max"));
		if (mount.has_option("cpu")) {
			tighten(limits.processors, share(limit_in(files, folder + "cpu.cfs_quota_us"),
											 limit_in(files, folder + "cpu.cfs_period_us")));
		}
	}
}

}  // namespace

CgroupLimits read_cgroup_limits(TextFiles& files) {
	const std::string groups = files.read("/proc/self/cgroup");
	const std::vector<Membership> memberships = parse_memberships(groups);
	CgroupLimits limits;
	for (const Mount& mount : parse_mount_table(files.read("/proc/self/mountinfo"))) {
		if (mount.type != "cgroup" && mount.type != "cgroup2") continue;
		for (const Membership& membership : memberships) {
			if (mount.type == "cgroup2" && membership.controllers.empty()) {
				limits.version2 = true;
				read_version2(files, folders(mount, membership.path), limits);
			}
			// A hierarchy has all its controllers in both places, so one of them will do to find it.
			std::string_view controllers = membership.controllers;
			const std::string_view first = take_until(controllers, ',');
			if (mount.type == "cgroup" && !first.empty() && mount.has_option(first)) {
				limits.version1 = true;
				read_version1(files, mount, folders(mount, membership.path), limits);
			}
		}
	}
	return limits;
}

}  // namespace ospt
