// SPDX-License-Identifier: MIT
//
// The standard streams of a job.

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/deadline.h"
#include "support/files.h"
#include "support/launcher_harness.h"

namespace ospt::test {
namespace {

class LauncherStreams : public LauncherTest {
  protected:
	TempDir dir_;
};

std::string target(pid_t pid, int fd) {
	char text[PATH_MAX];
	const std::string path = "/proc/" + std::to_string(pid) + "/fd/" + std::to_string(fd);
	const ssize_t size = ::readlink(path.c_str(), text, sizeof text);
	return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "";
}

// The flags of open(2).
long flags(pid_t pid, int fd) {
	const std::string info = read_file("/proc/" + std::to_string(pid) + "/fdinfo/" + std::to_string(fd));
	return ::strtol(field(info, "flags:").c_str(), nullptr, 8);
}

// A job to be looked at; ends with the object.
class Sleeper {
  public:
	Sleeper(LauncherHarness& launcher, const LaunchRequest& request) : pid_(launcher.start(request)) {}
	~Sleeper() {
		::kill(pid_, SIGKILL);
		wait_for(pid_);
	}
	Sleeper(const Sleeper&) = delete;
	Sleeper& operator=(const Sleeper&) = delete;
	pid_t pid() const { return pid_; }

  private:
	pid_t pid_;
};

TEST_F(LauncherStreams, AreDevNullWhenNothingIsAskedFor) {
	const Sleeper job(launcher(), sleeper());
	for (int fd = 0; fd < 3; ++fd) EXPECT_EQ(target(job.pid(), fd), "/dev/null") << fd;
}

TEST_F(LauncherStreams, ReadTheirInputFromAFile) {
	write_file(dir_ / "in", "some text\n");
	launcher().run(with_output(with_input(command({"/bin/cat"}), dir_ / "in"), dir_ / "out"));
	EXPECT_EQ(read_file(dir_ / "out"), "some text\n");
}

TEST_F(LauncherStreams, TruncateAnOutputFileAndAppendToIt) {
	write_file(dir_ / "out", "something longer that was there before");
	const Sleeper job(launcher(), with_output(sleeper(), dir_ / "out"));
	EXPECT_EQ(read_file(dir_ / "out"), "");
	EXPECT_EQ(flags(job.pid(), 1) & O_ACCMODE, O_WRONLY);
	EXPECT_NE(flags(job.pid(), 1) & O_APPEND, 0);
	EXPECT_EQ(flags(job.pid(), 1) & O_CLOEXEC, 0);
}

TEST_F(LauncherStreams, CreateAnOutputFileUnderTheTrackersUmask) {
	const mode_t before = ::umask(027);
	// The launcher has the umask that the tracker had when it was started.
	LauncherHarness fresh;
	fresh.run(with_output(command({"/bin/true"}), dir_ / "out"));
	::umask(before);
	struct stat state {};
	ASSERT_EQ(::stat((dir_ / "out").c_str(), &state), 0);
	EXPECT_EQ(state.st_mode & 07777, 0640U);
}

TEST_F(LauncherStreams, TakePathsRelativeToTheWorkingDirectory) {
	LaunchRequest request = with_output(shell("echo here"), "out");
	request.working_directory = dir_.path();
	launcher().run(request);
	EXPECT_EQ(read_file(dir_ / "out"), "here\n");
}

TEST_F(LauncherStreams, ShareOneDescriptionWhenErrorsGoToTheOutput) {
	LaunchRequest request = with_output(shell("echo out; echo err >&2; echo out"), dir_ / "both");
	request.streams[2].kind = StreamKind::Stdout;
	launcher().run(request);
	EXPECT_EQ(read_file(dir_ / "both"), "out\nerr\nout\n");
}

TEST_F(LauncherStreams, LoseNoByteWhenBothOutputsNameOneFile) {
	LaunchRequest request =
		with_output(shell("for i in 1 2 3 4 5; do echo out; echo err >&2; done"), dir_ / "both");
	request.streams[2] = file_stream(dir_ / "both");
	launcher().run(request);
	EXPECT_EQ(read_file(dir_ / "both").size(), 40U);
}

TEST_F(LauncherStreams, CanBeTheTrackersOwn) {
	LaunchRequest request = sleeper();
	for (std::uint32_t i = 0; i < 3; ++i) request.streams[i] = tracker_stream(i);
	const Sleeper job(launcher(), request);
	for (int fd = 0; fd < 3; ++fd) EXPECT_EQ(target(job.pid(), fd), target(::getpid(), fd)) << fd;
}

// Puts a descriptor in the place of the test's own standard input, as long as it lives.
class AsInput {
  public:
	explicit AsInput(int fd) : saved_(::fcntl(0, F_DUPFD_CLOEXEC, 10)) { ::dup2(fd, 0); }
	~AsInput() {
		if (saved_)
			::dup2(saved_.get(), 0);
		else
			::close(0);
	}
	AsInput(const AsInput&) = delete;
	AsInput& operator=(const AsInput&) = delete;

  private:
	UniqueFd saved_;
};

// libuv sets its own pipes to O_NONBLOCK; a job must not read EAGAIN from them.
TEST_F(LauncherStreams, AreBlockingForTheJobWhenTheTrackersAreNot) {
	int pipe[2];
	ASSERT_EQ(::pipe2(pipe, O_CLOEXEC | O_NONBLOCK), 0);
	const UniqueFd reading(pipe[0]);
	UniqueFd writing(pipe[1]);
	const AsInput input(reading.get());
	LauncherHarness fresh;
	LaunchRequest request = with_output(command({"/bin/cat"}), dir_ / "out");
	request.streams[0] = tracker_stream(0);
	const pid_t job = fresh.start(request);
	EXPECT_EQ(flags(job, 0) & O_NONBLOCK, 0);
	EXPECT_NE(::fcntl(0, F_GETFL) & O_NONBLOCK, 0) << "the tracker's own stream is left as it was";
	ASSERT_EQ(::write(writing.get(), "late\n", 5), 5);
	writing.reset();
	EXPECT_EQ(wait_for(job), 0);
	EXPECT_EQ(read_file(dir_ / "out"), "late\n");
}

// Opening a FIFO anew waits for a writer; when the last one has gone, the job must read the end of file.
TEST_F(LauncherStreams, DoNotWaitForAWriterOfTheTrackersFifo) {
	make_fifo(dir_ / "fifo");
	const UniqueFd reading(::open((dir_ / "fifo").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
	const AsInput input(reading.get());
	LauncherHarness fresh;
	LaunchRequest request = command({"/bin/cat"});
	request.streams[0] = tracker_stream(0);
	auto launch = fresh.send(request);
	EXPECT_TRUE(eventually([&] { return fresh.reported(launch); }, std::chrono::seconds(3)))
		<< "the launch waits for somebody to open the FIFO";
	// Lets a launch go that waits.
	UniqueFd writing(::open((dir_ / "fifo").c_str(), O_RDWR | O_CLOEXEC));
	const pid_t job = fresh.outcome(launch).pid;
	writing.reset();
	EXPECT_EQ(wait_for(job), 0);
}

}  // namespace
}  // namespace ospt::test
