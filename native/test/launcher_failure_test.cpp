// SPDX-License-Identifier: MIT
//
// Every step between the request and the running program, failing.

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/files.h"
#include "support/launcher_harness.h"

namespace ospt::test {
namespace {

class LauncherFailure : public LauncherTest {
  protected:
	LaunchFailure failure_of(const LaunchRequest& request) { return launcher().failure_of(request); }

	TempDir dir_;
};

LaunchFailure failure(LaunchStage stage, int error) {
	return {stage, error};
}

TEST_F(LauncherFailure, NamesTheWorkingDirectoryThatIsMissing) {
	LaunchRequest request = command({"/bin/true"});
	request.working_directory = dir_ / "missing";
	EXPECT_EQ(failure_of(request), failure(LaunchStage::Chdir, ENOENT));
}

TEST_F(LauncherFailure, NamesTheWorkingDirectoryThatIsAFile) {
	write_file(dir_ / "file", "x");
	LaunchRequest request = command({"/bin/true"});
	request.working_directory = dir_ / "file";
	EXPECT_EQ(failure_of(request), failure(LaunchStage::Chdir, ENOTDIR));
}

TEST_F(LauncherFailure, NamesTheInputThatIsMissing) {
	EXPECT_EQ(failure_of(with_input(command({"/bin/true"}), dir_ / "missing")),
			  failure(LaunchStage::Stdin, ENOENT));
}

TEST_F(LauncherFailure, NamesTheOutputWhoseDirectoryIsMissing) {
	EXPECT_EQ(failure_of(with_output(command({"/bin/true"}), dir_ / "missing/out")),
			  failure(LaunchStage::Stdout, ENOENT));
}

TEST_F(LauncherFailure, NamesTheOutputThatIsADirectory) {
	EXPECT_EQ(failure_of(with_output(command({"/bin/true"}), dir_.path())),
			  failure(LaunchStage::Stdout, EISDIR));
}

TEST_F(LauncherFailure, NamesTheErrorStreamThatIsADirectory) {
	LaunchRequest request = command({"/bin/true"});
	request.streams[2] = file_stream(dir_.path());
	EXPECT_EQ(failure_of(request), failure(LaunchStage::Stderr, EISDIR));
}

TEST_F(LauncherFailure, NamesTheProgramThatIsMissing) {
	EXPECT_EQ(failure_of(command({dir_ / "missing"})), failure(LaunchStage::Exec, ENOENT));
}

TEST_F(LauncherFailure, NamesTheProgramThatMayNotBeExecuted) {
	write_file(dir_ / "plain", "#!/bin/sh\n", 0644);
	EXPECT_EQ(failure_of(command({dir_ / "plain"})), failure(LaunchStage::Exec, EACCES));
	EXPECT_EQ(failure_of(command({dir_.path()})), failure(LaunchStage::Exec, EACCES));
}

TEST_F(LauncherFailure, NamesTheProgramOfUnknownForm) {
	write_file(dir_ / "noise", "neither ELF nor script", 0755);
	EXPECT_EQ(failure_of(command({dir_ / "noise"})), failure(LaunchStage::Exec, ENOEXEC));
}

TEST_F(LauncherFailure, NamesAPathThatIsTooLong) {
	EXPECT_EQ(failure_of(command({std::string(100'000, 'x')})), failure(LaunchStage::Exec, ENAMETOOLONG));
}

TEST_F(LauncherFailure, NamesArgumentsThatAreTooLong) {
	// One string may have 32 pages (MAX_ARG_STRLEN).
	EXPECT_EQ(failure_of(command({"/bin/true", std::string(200'000, 'x')})),
			  failure(LaunchStage::Exec, E2BIG));
	std::vector<std::string> argv(100, std::string(100'000, 'x'));
	argv[0] = "/bin/true";
	EXPECT_EQ(failure_of(command(argv)), failure(LaunchStage::Exec, E2BIG));
}

TEST_F(LauncherFailure, RefusesAnInputThatIsTheOutputAndLeavesItWhole) {
	write_file(dir_ / "file", "precious");
	EXPECT_EQ(failure_of(with_output(with_input(command({"/bin/true"}), dir_ / "file"), dir_ / "file")),
			  failure(LaunchStage::InputIsOutput, EINVAL));
	EXPECT_EQ(read_file(dir_ / "file"), "precious");
}

TEST_F(LauncherFailure, RefusesAnInputThatIsTheOutputByAnotherName) {
	write_file(dir_ / "file", "precious");
	ASSERT_EQ(::link((dir_ / "file").c_str(), (dir_ / "hard").c_str()), 0);
	ASSERT_EQ(::symlink((dir_ / "file").c_str(), (dir_ / "soft").c_str()), 0);
	for (const char* name : {"hard", "soft"}) {
		EXPECT_EQ(failure_of(with_output(with_input(command({"/bin/true"}), dir_ / "file"), dir_ / name)),
				  failure(LaunchStage::InputIsOutput, EINVAL));
	}
	EXPECT_EQ(read_file(dir_ / "file"), "precious");
}

TEST_F(LauncherFailure, RefusesAnInputThatIsTheErrorStream) {
	write_file(dir_ / "file", "precious");
	LaunchRequest request = with_input(command({"/bin/true"}), dir_ / "file");
	request.streams[2] = file_stream(dir_ / "file");
	EXPECT_EQ(failure_of(request), failure(LaunchStage::InputIsOutput, EINVAL));
	EXPECT_EQ(read_file(dir_ / "file"), "precious");
}

TEST_F(LauncherFailure, LeavesTheLauncherWorking) {
	for (int i = 0; i < 20; ++i) {
		EXPECT_EQ(failure_of(command({dir_ / "missing"})), failure(LaunchStage::Exec, ENOENT));
	}
	EXPECT_EQ(launcher().run(command({"/bin/true"})), 0);
}

}  // namespace
}  // namespace ospt::test
