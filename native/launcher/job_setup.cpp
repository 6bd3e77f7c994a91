// SPDX-License-Identifier: MIT

#include "launcher/job_setup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/limits.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "core/launch_stage.h"
#include "launcher/syscall.h"

namespace ospt {
namespace {

class Setup {
  public:
	explicit Setup(const JobSetup& setup)
		: request_(setup.request), slot_(setup.slot), report_fd_(setup.report_fd), body_fd_(setup.body_fd) {}

	[[noreturn]] void run() {
		// Held by every process that waits here, for instance for the other end of a FIFO, it would keep the
		// requests of a launcher that died from being seen to fail.
		sys::close(kSocketFd);
		if (slot_->cancelled.load() != 0) fail(LaunchStage::Cancelled, ECANCELED);
		map_body();
		if (request_->umask != kKeepUmask) sys::umask(request_->umask);
		require(LaunchStage::Setpgid, sys::setpgid(0, 0));
		require(LaunchStage::Chdir, sys::chdir(text(request_->working_directory)));
		open_input();
		open_output(LaunchStage::Stdout, 1);
		open_output(LaunchStage::Stderr, 2);
		close_everything_else();
		execute();
	}

  private:
	// ---- the request

	void map_body() {
		if ((request_->flags & kBodyInMemfd) == 0) return;
		void* body = sys::mmap(request_->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, body_fd_);
		if (sys::failed(body)) fail(LaunchStage::Request, static_cast<int>(-sys::address(body)));
		request_ = static_cast<WireRequest*>(body);
	}

	char* at(std::uint64_t offset) { return reinterpret_cast<char*>(request_) + offset; }
	const char* text(std::uint32_t offset) { return at(offset); }

	char** pointers(std::uint32_t table, std::uint32_t count) {
		auto* entries = reinterpret_cast<std::uint64_t*>(at(table));
		for (std::uint32_t i = 0; i < count; ++i)
			entries[i] = reinterpret_cast<std::uint64_t>(at(entries[i]));
		return reinterpret_cast<char**>(entries);
	}

	// ---- the streams: descriptors 0, 1 and 2 are /dev/null already

	void open_input() {
		const WireStream& stream = request_->streams[0];
		if (stream.kind == StreamKind::File) {
			install(LaunchStage::Stdin, sys::open(text(stream.value), O_RDONLY | O_NOCTTY | O_CLOEXEC), 0);
		} else if (stream.kind == StreamKind::Tracker) {
			install_tracker_stream(LaunchStage::Stdin, stream.value, 0);
		}
	}

	void open_output(LaunchStage stage, int target) {
		const WireStream& stream = request_->streams[target];
		switch (stream.kind) {
			case StreamKind::Null:
				return;
			case StreamKind::Stdout:
				install(stage, 1, target);
				return;
			case StreamKind::Tracker:
				install_tracker_stream(stage, stream.value, target);
				return;
			case StreamKind::File:
			case StreamKind::Append:
				open_output_file(stage, stream, target);
				return;
		}
	}

	// Truncated after the comparison with the input, not by O_TRUNC: a job whose input and output are one
	// file under two names must be refused with the file still whole. Write-only and append: writers of one
	// file lose no byte to each other, and CRIU restores such files after they have grown.
	void open_output_file(LaunchStage stage, const WireStream& stream, int target) {
		const int fd =
			sys::open(text(stream.value), O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, 0666);
		require(stage, fd);
		struct stat output {};
		require(stage, sys::fstat(fd, &output));
		if (S_ISREG(output.st_mode)) {
			struct stat input {};
			if (sys::fstat(0, &input) == 0 && input.st_dev == output.st_dev &&
				input.st_ino == output.st_ino) {
				fail(LaunchStage::InputIsOutput, EINVAL);
			}
			if (output.st_size > 0 && stream.kind == StreamKind::File) require(stage, sys::ftruncate(fd, 0));
		}
		install(stage, fd, target);
	}

	// A stream that the tracker has set to O_NONBLOCK (libuv does) would make the job's own writes fail with
	// EAGAIN: the flag belongs to the open file description, which is shared. A pipe or terminal is opened
	// anew; for a socket there is only the shared description, and the flag is taken off it, as libuv does
	// for its own children.
	void install_tracker_stream(LaunchStage stage, std::uint32_t index, int target) {
		const int fd = kTrackerStreamFd + static_cast<int>(index);
		const long flags = sys::call(SYS_fcntl, fd, F_GETFL);
		require(stage, static_cast<int>(flags));
		const int fresh = (flags & O_NONBLOCK) != 0 ? reopen_blocking(fd, static_cast<int>(flags)) : -1;
		if ((flags & O_NONBLOCK) != 0 && fresh < 0) sys::call(SYS_fcntl, fd, F_SETFL, flags & ~O_NONBLOCK);
		install(stage, fresh >= 0 ? fresh : fd, target);
	}

	// -1: the stream is neither pipe nor terminal, or cannot be opened again (no /proc, another user's).
	static int reopen_blocking(int fd, int flags) {
		struct stat state {};
		if (sys::fstat(fd, &state) < 0 || !(S_ISFIFO(state.st_mode) || S_ISCHR(state.st_mode))) return -1;
		char path[] = "/proc/self/fd/0";
		path[sizeof path - 2] = static_cast<char>('0' + fd);
		const int kept = flags & (O_ACCMODE | O_APPEND);
		// The opening itself must not wait: a FIFO may have nobody at its other end any more.
		const int fresh = sys::open(path, kept | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		if (fresh >= 0) sys::call(SYS_fcntl, fresh, F_SETFL, kept & O_APPEND);
		return fresh;
	}

	void install(LaunchStage stage, int fd, int target) {
		require(stage, fd);
		require(stage, sys::dup3(fd, target, 0));
	}

	// The launcher opens nothing without O_CLOEXEC, so this only closes what a mistake would leave open.
	// Kernels before 5.11 do not know the flag (EINVAL), before 5.9 not the call (ENOSYS): no harm, see
	// above.
	void close_everything_else() { sys::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); }

	// ---- the program

	[[noreturn]] void execute() {
		char** argv = pointers(request_->argv, request_->argc);
		char** envp = pointers(request_->envp, request_->envc);
		const char* path = text(request_->path);
		if (request_->search_path == 0) fail(LaunchStage::Exec, -sys::execve(path, argv, envp));
		fail(LaunchStage::Exec, search(text(request_->search_path), path, argv, envp));
	}

	// As execvp(3) does, without its fall-back to a shell. Returns the errno to report.
	int search(const char* directories, const char* name, char** argv, char** envp) {
		bool forbidden = false;
		for (const char* start = directories;;) {
			const char* end = start;
			while (*end != '\0' && *end != ':') ++end;
			char candidate[PATH_MAX];
			if (join(candidate, start, end, name)) {
				const int error = -sys::execve(candidate, argv, envp);
				if (error == EACCES) forbidden = true;
				// A directory that is missing or out of reach hides nothing behind it.
				else if (error != ENOENT && error != ENOTDIR && error != ESTALE && error != ENODEV &&
						 error != ETIMEDOUT)
					return error;
			}
			if (*end == '\0') return forbidden ? EACCES : ENOENT;
			start = end + 1;
		}
	}

	// An empty directory is the working directory (POSIX, environment variable PATH). False: too long for a
	// path.
	static bool join(char (&out)[PATH_MAX], const char* start, const char* end, const char* name) {
		std::size_t length = 0;
		for (; start != end; ++start) {
			if (length >= PATH_MAX - 2) return false;
			out[length++] = *start;
		}
		if (length > 0) out[length++] = '/';
		for (; *name != '\0'; ++name) {
			if (length >= PATH_MAX - 1) return false;
			out[length++] = *name;
		}
		out[length] = '\0';
		return true;
	}

	// ---- leaving early

	void require(LaunchStage stage, int result) {
		if (result < 0) fail(stage, -result);
	}

	[[noreturn]] void fail(LaunchStage stage, int error) {
		const LaunchFailure failure{stage, error};
		sys::write(report_fd_, &failure, sizeof failure);
		sys::exit(127);
	}

	WireRequest* request_;
	const LaunchSlot* slot_;
	int report_fd_;
	int body_fd_;
};
static_assert(__is_trivially_copyable(Setup), "nothing in the new process may need a destructor");

}  // namespace

void become_job(const JobSetup& setup) {
	Setup(setup).run();
}

}  // namespace ospt
