// SPDX-License-Identifier: MIT
//
// procfs_functions: the readers of procfs/ as JavaScript functions. Both read on a thread of the pool and
// answer by a promise, which is rejected with an Error that has the properties of Node's own system errors.
//
//   readProcesses(root, selection, ids, parts, commandLimit)     a ProcessTable, see procfs/process_table.h
//   readMachine(root)                                            a MachineFacts, see procfs/machine_reader.h
//
//  - selection is an index of kSelectionNames, ids an Int32Array, parts the sum of 1 << index of
//  kProcessPartNames.
//  - Nothing is shared between calls: any number of them may be under way, from any number of threads.

#pragma once

#include <napi.h>

#include <array>
#include <string_view>

namespace ospt {

constexpr std::array<std::string_view, 3> kSelectionNames = {"all", "pids", "groups"};
constexpr std::array<std::string_view, 4> kProcessPartNames = {"status", "command", "directory", "cpuClock"};

void define_procfs_functions(Napi::Env env, Napi::Object exports);

}  // namespace ospt
