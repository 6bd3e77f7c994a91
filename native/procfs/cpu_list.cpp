// SPDX-License-Identifier: MIT

#include "procfs/cpu_list.h"

#include <algorithm>
#include <iterator>

#include "procfs/text.h"

namespace ospt {

std::optional<CpuSet> parse_cpu_list(std::string_view text) {
	CpuSet cpus;
	text = trimmed(text);
	while (!text.empty()) {
		const std::string_view range = take_until(text, ',');
		std::string_view end = range;
		const auto first = to_number<int>(take_until(end, '-'));
		const auto last = range.find('-') == std::string_view::npos ? first : to_number<int>(end);
		if (!first || !last || *first < 0 || *last < *first || *last > kHighestCpu) return std::nullopt;
		for (int cpu = *first; cpu <= *last; ++cpu) cpus.insert(cpus.end(), cpu);
	}
	return cpus;
}

std::string spell_out(const CpuSet& cpus) {
	std::string text;
	for (const int cpu : cpus) {
		if (!text.empty()) text += ' ';
		text += std::to_string(cpu);
	}
	return text;
}

CpuSet intersection(const CpuSet& one, const CpuSet& other) {
	CpuSet both;
	std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
						  std::inserter(both, both.end()));
	return both;
}

}  // namespace ospt
