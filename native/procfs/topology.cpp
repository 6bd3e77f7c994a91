// SPDX-License-Identifier: MIT

#include "procfs/topology.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "procfs/text.h"

namespace ospt {
namespace {

// The processors with a line of their own in /proc/stat, "cpu0 ...": they are online.
CpuSet counted_in_stat(TextFiles& files) {
	CpuSet cpus;
	const std::string text = files.read("/proc/stat");
	std::string_view rest = text;
	while (!rest.empty()) {
		std::string_view line = take_until(rest, '\n');
		const std::string_view name = take_field(line);
		if (name.substr(0, 3) != "cpu") continue;
		if (const auto cpu = to_number<int>(name.substr(3)); cpu && *cpu >= 0) cpus.insert(*cpu);
	}
	return cpus;
}

// A list of siblings, by its name of today or by that before Linux 5.3.
std::optional<CpuSet> siblings(TextFiles& files, const std::string& folder, const char* name,
							   const char* former_name) {
	for (const char* file : {name, former_name}) {
		auto cpus = parse_cpu_list(files.read(folder + file));
		if (cpus && !cpus->empty()) return cpus;
	}
	return std::nullopt;
}

}  // namespace

Topology read_topology(TextFiles& files) {
	const std::string folder = "/sys/devices/system/cpu/";
	Topology topology;
	topology.online = parse_cpu_list(files.read(folder + "online")).value_or(CpuSet());
	if (topology.online.empty()) topology.online = counted_in_stat(files);

	// Each socket with its cores.
	std::map<CpuSet, std::set<CpuSet>> sockets;
	std::size_t threads = 0;
	for (const int cpu : topology.online) {
		const std::string of_cpu = folder + "cpu" + std::to_string(cpu) + "/topology/";
		const auto socket = siblings(files, of_cpu, "package_cpus_list", "core_siblings_list");
		const auto core = siblings(files, of_cpu, "core_cpus_list", "thread_siblings_list");
		if (!socket || !core) return topology;
		sockets[intersection(*socket, topology.online)].insert(intersection(*core, topology.online));
		threads = std::max(threads, intersection(*core, topology.online).size());
	}
	if (sockets.empty()) return topology;
	std::size_t cores = 0;
	for (const auto& [socket, cores_of_it] : sockets) cores = std::max(cores, cores_of_it.size());
	topology.sockets = static_cast<int>(sockets.size());
	topology.cores_per_socket = static_cast<int>(cores);
	topology.threads_per_core = static_cast<int>(threads);
	return topology;
}

}  // namespace ospt
