// SPDX-License-Identifier: MIT
//
// The end of an engine: jobs go on and are waited for, guarded ones die.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "core/unique_fd.h"
#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineClose : public EngineTest {
  protected:
	TempDir dir_;
};

TEST_F(EngineClose, LetsJobsRunAndWaitsForThemLater) {
	const pid_t first = engine().pid(engine().submit(sleeper()));
	const pid_t second = engine().pid(engine().submit(sleeper()));
	end_engine();
	require_eventually("the end of the launcher", [] { return launchers().empty(); });
	for (const pid_t pid : {first, second}) {
		EXPECT_TRUE(process_lives(pid));
		::kill(pid, SIGKILL);
		EXPECT_TRUE(eventually([pid] { return !process_exists(pid); })) << "a zombie is left";
	}
}

TEST_F(EngineClose, EndsGuardedJobsOnly) {
	engine().open_queue(2, UINT32_MAX, true);
	const pid_t guarded = engine().pid(engine().submit(sleeper(), 2));
	const pid_t free = engine().pid(engine().submit(sleeper()));
	end_engine();
	EXPECT_TRUE(eventually([guarded] { return !process_exists(guarded); }));
	EXPECT_TRUE(process_lives(free));
	::kill(free, SIGKILL);
}

TEST_F(EngineClose, StartsNothingOfWhatWaits) {
	engine().open_queue(2, 1);
	const pid_t running = engine().pid(engine().submit(sleeper(), 2));
	const JobKey waiting = engine().submit(with_output(shell("echo ran"), dir_ / "out"), 2);
	engine().await<Queued>(waiting);
	end_engine();
	::kill(running, SIGKILL);
	require_eventually("the engine's thread to end", [] { return !has_children(); });
	EXPECT_FALSE(std::filesystem::exists(dir_ / "out"));
}

TEST_F(EngineClose, EndsAGuardedLaunchThatIsBlocked) {
	engine().open_queue(2, UINT32_MAX, true);
	engine().ended(engine().submit(command({"/bin/true"})));
	engine().submit(with_input(command({"/bin/true"}), make_fifo(dir_ / "fifo")), 2);
	require_eventually("a launch under way", [] { return launchers().size() == 2; });
	end_engine();
	EXPECT_TRUE(eventually([] { return !has_children(); }));
}

TEST_F(EngineClose, DropsRequestsThatTheLauncherHasNotRead) {
	engine().ended(engine().submit(command({"/bin/true"})));
	const pid_t launcher = only_launcher();
	::kill(launcher, SIGSTOP);
	require_eventually("a stopped launcher", [&] { return process_state(launcher) == 'T'; });
	const JobKey job = engine().submit(command({"/bin/true"}));
	engine().require_launching(job);
	end_engine();
	EXPECT_TRUE(eventually([] { return !has_children(); }));
}

TEST_F(EngineClose, IsPossibleBeforeAnythingWasStarted) {
	end_engine();
	EXPECT_FALSE(has_children());
}

TEST_F(EngineClose, IsPossibleFiftyTimes) {
	end_engine();
	for (int i = 0; i < 50; ++i) {
		EngineHarness fresh;
		fresh.open_queue(1);
		const JobKey job = fresh.submit(command({"/bin/true"}));
		// Some are ended in the middle of the launch.
		if (i % 2 == 0) {
			EXPECT_EQ(fresh.status(job), 0);
		}
	}
	// What is left behind is the check of the fixture.
}

// ---- the end without an end: Node is killed

class EngineHost {
  public:
	EngineHost() {
		// Orphans come to us, so that we can see them and wait for them.
		::prctl(PR_SET_CHILD_SUBREAPER, 1);
		int pipe[2];
		if (::pipe2(pipe, O_CLOEXEC) < 0) throw std::runtime_error("no pipe");
		const UniqueFd reading(pipe[0]);
		UniqueFd writing(pipe[1]);
		posix_spawn_file_actions_t actions;
		::posix_spawn_file_actions_init(&actions);
		::posix_spawn_file_actions_adddup2(&actions, writing.get(), 1);
		char* const argv[] = {const_cast<char*>(OSPT_ENGINE_HOST), const_cast<char*>(OSPT_LAUNCHER), nullptr};
		::posix_spawn(&pid_, argv[0], &actions, nullptr, argv, environ);
		::posix_spawn_file_actions_destroy(&actions);
		writing.reset();
		char text[64] = {};
		if (::read(reading.get(), text, sizeof text - 1) <= 0 ||
			std::sscanf(text, "%d %d", &guarded_, &free_) != 2) {
			throw std::runtime_error("the host does not speak");
		}
	}
	~EngineHost() { ::prctl(PR_SET_CHILD_SUBREAPER, 0); }
	EngineHost(const EngineHost&) = delete;
	EngineHost& operator=(const EngineHost&) = delete;

	pid_t pid() const { return pid_; }
	pid_t guarded() const { return guarded_; }
	pid_t free() const { return free_; }

  private:
	pid_t pid_ = 0;
	int guarded_ = 0;
	int free_ = 0;
};

TEST_F(EngineClose, OfAKilledHostEndsGuardedJobsOnly) {
	const EngineHost host;
	::kill(host.pid(), SIGKILL);
	wait_for(host.pid());
	EXPECT_EQ(WTERMSIG(wait_for(host.guarded())), SIGKILL);
	for (const pid_t launcher : launchers()) wait_for(launcher);
	for (const pid_t pid : children()) {
		if (process_state(pid) == 'Z') wait_for(pid);
	}
	EXPECT_TRUE(process_lives(host.free()));
	::kill(host.free(), SIGTERM);
	EXPECT_EQ(WTERMSIG(wait_for(host.free())), SIGTERM);
}

}  // namespace
}  // namespace ospt::test
