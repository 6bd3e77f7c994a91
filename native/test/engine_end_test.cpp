// SPDX-License-Identifier: MIT
//
// The ends of jobs, and what is told on the way there.

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include "core/clock.h"
#include "support/engine_harness.h"
#include "support/files.h"

namespace ospt::test {
namespace {

class EngineEnd : public EngineTest {};

TEST_F(EngineEnd, TellsEveryExitStatus) {
	std::vector<JobKey> jobs;
	for (int code = 0; code < 256; ++code)
		jobs.push_back(engine().submit(shell("exit " + std::to_string(code))));
	for (int code = 0; code < 256; ++code) {
		const int status = engine().status(jobs[static_cast<std::size_t>(code)]);
		EXPECT_TRUE(WIFEXITED(status));
		EXPECT_EQ(WEXITSTATUS(status), code);
	}
}

TEST_F(EngineEnd, TellsTheSignalThatEndedAJob) {
	for (const int signal : {SIGHUP, SIGINT, SIGABRT, SIGKILL, SIGTERM, SIGSEGV, SIGUSR1, SIGRTMAX}) {
		const JobKey job = engine().submit(sleeper());
		::kill(engine().pid(job), signal);
		const int status = engine().status(job);
		EXPECT_TRUE(WIFSIGNALED(status));
		EXPECT_EQ(WTERMSIG(status), signal);
	}
}

TEST_F(EngineEnd, TellsDispatchAndEndOnceAndNothingElse) {
	const JobKey job = engine().submit(command({"/bin/true"}));
	engine().ended(job);
	ASSERT_EQ(engine().log().size(), 2U);
	const auto* dispatched = std::get_if<Dispatched>(&engine().log()[0].what);
	const auto* ended = std::get_if<Ended>(&engine().log()[1].what);
	ASSERT_NE(dispatched, nullptr);
	ASSERT_NE(ended, nullptr);
	EXPECT_EQ(dispatched->pid, ended->record.pid);
	EXPECT_EQ(dispatched->dispatched_realtime_ns, ended->record.dispatched_realtime_ns);
}

TEST_F(EngineEnd, MeasuresTheTimeFromDispatchToEnd) {
	const std::int64_t before = monotonic_ns();
	const ExitRecord record = engine().ended(engine().submit(command({"/bin/sleep", "0.2"})));
	const std::int64_t after = monotonic_ns();
	EXPECT_GE(record.dispatched_ns, before);
	EXPECT_GE(record.finished_ns - record.dispatched_ns, 200'000'000);
	EXPECT_LE(record.finished_ns, after);
	// Two clocks, one duration; 50 ms for a clock that is being adjusted.
	const std::int64_t difference = (record.finished_realtime_ns - record.dispatched_realtime_ns) -
									(record.finished_ns - record.dispatched_ns);
	EXPECT_LT(std::abs(difference), 50'000'000);
}

TEST_F(EngineEnd, TellsTheStageOfALaunchThatFailsAndNothingElse) {
	const JobKey job = engine().submit(command({"/no/such/program"}));
	const LaunchFailure failure = engine().await<LaunchFailed>(job).failure;
	EXPECT_EQ(failure.stage, LaunchStage::Exec);
	EXPECT_EQ(failure.error, ENOENT);
	EXPECT_EQ(engine().log().size(), 1U);
	EXPECT_EQ(engine().status(engine().submit(command({"/bin/true"}))), 0);
}

TEST_F(EngineEnd, RefusesArgumentsThatAreTooLong) {
	const JobKey job = engine().submit(command({"/bin/true", std::string(200'000, 'x')}));
	EXPECT_EQ(engine().await<LaunchFailed>(job).failure.error, E2BIG);
}

TEST_F(EngineEnd, RunsABigRequest) {
	const TempDir dir;
	std::vector<std::string> argv(100, std::string(1000, 'x'));
	argv[0] = "arguments";
	engine().ended(engine().submit(with_output(probe(argv), dir / "out")));
	EXPECT_EQ(read_file(dir / "out"), "99 99000\n");
}

TEST_F(EngineEnd, IgnoresAJobOfAQueueThatWasNeverOpened) {
	const JobKey lost = engine().submit(command({"/bin/true"}), 77);
	engine().ended(engine().submit(command({"/bin/true"})));
	EXPECT_FALSE(engine().find<Ended>(lost));
}

TEST_F(EngineEnd, IsNotToldForAQueueThatWasClosed) {
	const TempDir dir;
	engine().open_queue(2, 1);
	make_fifo(dir / "fifo");
	const JobKey running = engine().submit(command({"/bin/cat", dir / "fifo"}), 2);
	const JobKey waiting = engine().submit(with_output(shell("echo ran"), dir / "out"), 2);
	engine().await<Queued>(waiting);
	engine().pid(running);
	engine().post(CloseQueue{2});
	write_file(dir / "fifo", "");  // lets the first job end
	require_eventually("the job that waited", [&] { return read_file(dir / "out") == "ran\n"; });
	engine().ended(engine().submit(command({"/bin/true"})));
	EXPECT_FALSE(engine().find<Ended>(running));
	EXPECT_FALSE(engine().find<Dispatched>(waiting));
}

// A host that ignores SIGCHLD lets the kernel reap all its children at once.
TEST_F(EngineEnd, IsToldAlsoWhereChildSignalsAreIgnored) {
	struct sigaction ignore {};
	struct sigaction before {};
	ignore.sa_handler = SIG_IGN;
	::sigaction(SIGCHLD, &ignore, &before);
	const JobKey job = engine().submit(shell("exit 3"));
	const ExitRecord record = engine().ended(job);
	EXPECT_FALSE(record.usage_known);
	if (record.status_known) {
		EXPECT_EQ(WEXITSTATUS(record.status), 3);
	}
	end_engine();
	require_eventually("the end of the launcher", [] { return !has_children(); });
	::sigaction(SIGCHLD, &before, nullptr);
}

}  // namespace
}  // namespace ospt::test
