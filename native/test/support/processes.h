// SPDX-License-Identifier: MIT
//
// processes: what /proc tells about other processes, and a fixture that lets no test leave anything behind.

#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace ospt::test {

// The letter of /proc/PID/stat (R, S, T, Z, ...), or '-' when there is no such process.
char process_state(pid_t pid);
bool process_exists(pid_t pid);
// It exists and has not ended.
bool process_lives(pid_t pid);
std::string command_name(pid_t pid);
// Of this process; zombies too.
std::vector<pid_t> children();
// The children that are a launcher, or a job that is not executed yet.
std::vector<pid_t> launchers();
pid_t only_launcher();

std::size_t open_descriptors();
bool has_children();
// Waits for a child, but not for ever. Returns its wait status.
int wait_for(pid_t pid);
// A child in a process group of its own, made without the code under test.
pid_t start_bystander(const std::vector<std::string>& argv);

// Every test ends with the descriptors it began with, and with no child, neither running nor zombie.
class CleanTest : public ::testing::Test {
  protected:
	void SetUp() override;
	void TearDown() override;

  private:
	std::size_t descriptors_before_ = 0;
};

}  // namespace ospt::test
