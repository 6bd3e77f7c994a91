// SPDX-License-Identifier: MIT

#include "procfs/process_table.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>

#include "procfs/cpu_list.h"
#include "procfs/read_file.h"
#include "procfs/user_name.h"

namespace ospt {
namespace {

double milliseconds(std::int64_t ns) {
	return static_cast<double>(ns) / 1e6;
}

double clock_ms(clockid_t clock) {
	timespec time{};
	::clock_gettime(clock, &time);
	return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// How far the wall clock is ahead of the one by which processes are timed. They are read one after the other,
// so the best of several readings is taken: the scheduler may come in between.
void compare_clocks(ProcessTable& table) {
	constexpr double kSameMoment = 0.05;
	double least = 0;
	for (int attempt = 0; attempt < 20; ++attempt) {
		const double before = clock_ms(CLOCK_BOOTTIME);
		const double realtime = clock_ms(CLOCK_REALTIME);
		const double taken = clock_ms(CLOCK_BOOTTIME) - before;
		if (attempt > 0 && taken >= least) continue;
		least = taken;
		table.realtime_ahead = realtime - before;
		if (least < kSameMoment) return;
	}
}

class TableBuilder {
  public:
	TableBuilder(TextFiles& files, ProcessTable& table)
		: table_(table),
		  tick_ms_(1e3 / static_cast<double>(ProcessReader::ticks_per_second())),
		  page_bytes_(static_cast<double>(::sysconf(_SC_PAGESIZE))),
		  online_(parse_cpu_list(files.read("/sys/devices/system/cpu/online"))) {}

	void add(const ProcessFacts& facts) {
		const ProcessStat& stat = facts.stat;
		const ProcessMemory& memory = facts.memory;
		put(stat.pid, stat.parent, stat.group, stat.session, stat.state, stat.kernel_thread, stat.ended(),
			stat.threads, stat.nice, stat.start_ticks);
		put(ms(stat.start_ticks), milliseconds(facts.read_ns), milliseconds(facts.cpu_ns),
			ms(stat.user_ticks), ms(stat.system_ticks),
			ms(stat.children_user_ticks + stat.children_system_ticks));
		put(facts.uid ? user(*facts.uid) : -1, facts.status_known ? processors(facts.cpus_allowed) : -1);
		// The counter in `stat` lags behind by some pages per thread and processor.
		put(facts.status_known ? static_cast<double>(memory.resident)
							   : static_cast<double>(stat.resident_pages) * page_bytes_,
			stat.virtual_bytes);
		for (const std::uint64_t bytes :
			 {memory.peak_resident, memory.data, memory.stack, memory.locked, memory.swapped}) {
			put(facts.status_known ? static_cast<double>(bytes) : -1.0);
		}
		// One by one: they follow each other in the text.
		put(text(facts.name));
		put(text(facts.command));
		put(text(facts.directory));
	}

  private:
	template <typename... Number>
	void put(Number... numbers) {
		(table_.numbers.push_back(static_cast<double>(numbers)), ...);
	}

	template <typename Ticks>
	double ms(Ticks ticks) const {
		return static_cast<double>(ticks) * tick_ms_;
	}

	double text(const std::optional<std::string>& value) {
		if (!value) return -1;
		table_.text += *value;
		return static_cast<double>(value->size());
	}

	double user(uid_t uid) {
		if (std::find(table_.uids.begin(), table_.uids.end(), uid) == table_.uids.end()) {
			table_.uids.push_back(uid);
			table_.users.push_back(user_name(uid));
		}
		return static_cast<double>(uid);
	}

	double processors(const std::string& list) {
		const auto [known, is_new] = processors_.try_emplace(list, table_.processors.size());
		if (is_new) {
			const auto allowed = parse_cpu_list(list);
			// Most processes are allowed processors that this machine does not have.
			table_.processors.push_back(!allowed   ? ""
										: !online_ ? spell_out(*allowed)
												   : spell_out(intersection(*allowed, *online_)));
		}
		return static_cast<double>(known->second);
	}

	ProcessTable& table_;
	double tick_ms_;
	double page_bytes_;
	std::optional<CpuSet> online_;
	std::map<std::string, std::size_t> processors_;
};

bool contains(const std::vector<pid_t>& sorted, pid_t id) {
	return std::binary_search(sorted.begin(), sorted.end(), id);
}

// Most processes are of other groups: they are looked at once and not read further.
SystemError read_groups(ProcessReader& reader, const std::vector<pid_t>& groups, const ProcessParts& parts,
						TableBuilder& builder) {
	std::vector<pid_t> pids;
	if (const auto error = reader.list(pids)) return error;
	for (const pid_t pid : pids) {
		std::optional<ProcessFacts> facts;
		if (const auto error = reader.read(pid, {}, facts)) return error;
		if (!facts || !(contains(groups, facts->stat.group) || contains(groups, pid))) continue;
		if (const auto error = reader.read(pid, parts, facts)) return error;
		if (facts) builder.add(*facts);
	}
	return {};
}

SystemError read_pids(ProcessReader& reader, const std::vector<pid_t>& pids, const ProcessParts& parts,
					  TableBuilder& builder) {
	for (const pid_t pid : pids) {
		std::optional<ProcessFacts> facts;
		if (const auto error = reader.read(pid, parts, facts)) return error;
		if (facts) builder.add(*facts);
	}
	return {};
}

}  // namespace

SystemError read_processes(const std::string& root, const ProcessSelection& selection,
						   const ProcessParts& parts, ProcessTable& table) {
	table = {};
	compare_clocks(table);
	ProcessReader reader(root);
	TextFiles files(root);
	TableBuilder builder(files, table);
	if (files.error()) return files.error();
	std::vector<pid_t> ids = selection.ids;
	std::sort(ids.begin(), ids.end());
	ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
	if (selection.kind == ProcessSelection::Kind::Groups) return read_groups(reader, ids, parts, builder);
	if (selection.kind == ProcessSelection::Kind::All) {
		if (const auto error = reader.list(ids)) return error;
	}
	return read_pids(reader, ids, parts, builder);
}

}  // namespace ospt
