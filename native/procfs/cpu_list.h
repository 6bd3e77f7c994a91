// SPDX-License-Identifier: MIT
//
// cpu_list: sets of processors in the form of the kernel's lists, "0-3,8" (cpuset(7), "List format").

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace ospt {

using CpuSet = std::set<int>;

// Larger numbers are no processors: NR_CPUS of Linux is at most 8192.
constexpr int kHighestCpu = 65535;

// Nothing when the text is not of that form. An empty text is an empty set.
std::optional<CpuSet> parse_cpu_list(std::string_view text);

// The numbers one by one: "0 1 2 3 8".
std::string spell_out(const CpuSet& cpus);

CpuSet intersection(const CpuSet& one, const CpuSet& other);

}  // namespace ospt
