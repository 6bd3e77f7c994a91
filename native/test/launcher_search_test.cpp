// SPDX-License-Identifier: MIT
//
// The search of a program in the directories of PATH.

#include <errno.h>
#include <gtest/gtest.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "support/files.h"
#include "support/launcher_harness.h"

namespace ospt::test {
namespace {

class LauncherSearch : public LauncherTest {
  protected:
	void SetUp() override {
		LauncherTest::SetUp();
		for (const char* name : {"a", "b"}) ::mkdir((dir_ / name).c_str(), 0755);
	}
	// A program that exits with `code`.
	void install(const std::string& name, int code, unsigned mode = 0755) {
		write_file(dir_ / name, "#!/bin/sh\nexit " + std::to_string(code) + "\n", mode);
	}
	LaunchRequest tool(const std::string& search_path) {
		LaunchRequest request = command({"tool"});
		request.search_path = search_path;
		return request;
	}
	int exit_code(const std::string& search_path) {
		const int status = launcher().run(tool(search_path));
		return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	}
	LaunchFailure failure(const std::string& search_path) { return launcher().failure_of(tool(search_path)); }
	std::string path(const char* first, const char* second) { return (dir_ / first) + ":" + (dir_ / second); }

	TempDir dir_;
};

const LaunchFailure kMissing{LaunchStage::Exec, ENOENT};
const LaunchFailure kForbidden{LaunchStage::Exec, EACCES};

TEST_F(LauncherSearch, TakesTheFirstMatch) {
	install("a/tool", 1);
	install("b/tool", 2);
	EXPECT_EQ(exit_code(path("a", "b")), 1);
	EXPECT_EQ(exit_code(path("b", "a")), 2);
}

TEST_F(LauncherSearch, PassesOverDirectoriesWithoutTheProgram) {
	install("b/tool", 2);
	write_file(dir_ / "file", "");
	EXPECT_EQ(exit_code(path("a", "b")), 2);
	EXPECT_EQ(exit_code(path("missing", "b")), 2);
	EXPECT_EQ(exit_code(path("file", "b")), 2);
}

TEST_F(LauncherSearch, FindsNothing) {
	EXPECT_EQ(failure(path("a", "b")), kMissing);
}

TEST_F(LauncherSearch, RemembersAMatchThatMayNotBeExecuted) {
	install("a/tool", 1, 0644);
	EXPECT_EQ(failure(path("a", "b")), kForbidden);
	install("b/tool", 2);
	EXPECT_EQ(exit_code(path("a", "b")), 2);
}

TEST_F(LauncherSearch, StopsAtAProgramOfUnknownForm) {
	write_file(dir_ / "a/tool", "neither ELF nor script", 0755);
	install("b/tool", 2);
	EXPECT_EQ(failure(path("a", "b")), (LaunchFailure{LaunchStage::Exec, ENOEXEC}));
}

TEST_F(LauncherSearch, TakesAnEmptyDirectoryForTheWorkingDirectory) {
	install("a/tool", 1);
	for (const std::string search_path : {":/missing", "/missing:", "/missing::/missing"}) {
		LaunchRequest request = tool(search_path);
		request.working_directory = dir_ / "a";
		EXPECT_EQ(WEXITSTATUS(launcher().run(request)), 1) << search_path;
	}
}

TEST_F(LauncherSearch, TakesADirectoryRelativeToTheWorkingDirectory) {
	install("a/tool", 1);
	LaunchRequest request = tool("a");
	request.working_directory = dir_.path();
	EXPECT_EQ(WEXITSTATUS(launcher().run(request)), 1);
}

TEST_F(LauncherSearch, PassesOverDirectoriesTooLongForAPath) {
	install("b/tool", 2);
	for (const std::size_t length : {PATH_MAX - 6, PATH_MAX - 2, PATH_MAX - 1, PATH_MAX, 3 * PATH_MAX}) {
		const std::string search_path = "/" + std::string(length, 'x') + ":" + (dir_ / "b");
		LaunchRequest request = tool(search_path);
		// The kernel has its own limit for a name: what counts is that nothing is cut off and found.
		auto launch = launcher().send(request);
		const auto outcome = launcher().outcome(launch);
		const int status = wait_for(outcome.pid);
		if (outcome.failure)
			EXPECT_EQ(*outcome.failure, (LaunchFailure{LaunchStage::Exec, ENAMETOOLONG})) << length;
		else
			EXPECT_EQ(WEXITSTATUS(status), 2) << length;
	}
}

TEST_F(LauncherSearch, DoesNotSearchWithoutDirectories) {
	install("tool", 3);
	LaunchRequest request = tool("");
	request.working_directory = dir_.path();
	EXPECT_EQ(WEXITSTATUS(launcher().run(request)), 3) << "a plain path, relative to the working directory";
}

}  // namespace
}  // namespace ospt::test
