// SPDX-License-Identifier: MIT

#include "engine/engine_loop.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "engine/group_signal.h"

namespace ospt {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
// When something is exhausted and nothing ends before that, this is when it is tried again.
constexpr std::int64_t kRetryAfter = 50 * kMillisecond;
// Events of array tasks are delivered when so many have come together, or so long after the last delivery:
// being woken costs the reader many times what it costs to read one.
constexpr std::size_t kBatchEvents = 64;
constexpr std::int64_t kBatchInterval = 50 * kMillisecond;

// The kernel sends SIGCHLD to the thread that is the parent: to this one, since it starts the launcher. It
// drops a signal that nobody handles at once, but never one that this thread blocks: that one would be given
// to another thread, and wake JavaScript's for every job that ends. Where somebody does handle it (libuv,
// once child_process is used) the handler may as well run here.
void let_go_of_sigchld() {
	sigset_t child;
	::sigemptyset(&child);
	::sigaddset(&child, SIGCHLD);
	::pthread_sigmask(SIG_UNBLOCK, &child, nullptr);
}

}  // namespace

EngineLoop::EngineLoop(std::string launcher_program, EventSink& sink)
	: outbox_(&sink), link_(std::move(launcher_program)) {}

SystemError EngineLoop::open() {
	if (mailbox_.open() < 0) return {"eventfd", errno};
	epoll_.reset(::epoll_create1(EPOLL_CLOEXEC));
	if (!epoll_) return {"epoll_create1", errno};
	if (!watch(mailbox_.fd(), Source::Mailbox, 0)) return {"epoll_ctl", errno};
	if (const auto error = link_.open()) return error;
	if (const int error = stop_watcher::subscribe(*this)) return {"pthread_create", error};
	return {};
}

void EngineLoop::close() {
	stop_watcher::unsubscribe(*this);
}

void EngineLoop::run() {
	let_go_of_sigchld();
	std::array<epoll_event, 128> ready;
	while (!idle()) {
		const int count = ::epoll_wait(epoll_.get(), ready.data(), static_cast<int>(ready.size()), wait_ms());
		for (int i = 0; i < count; ++i) {
			handle(static_cast<Source>(ready[i].data.u64 >> 32),
				   static_cast<std::uint32_t>(ready[i].data.u64));
		}
		if (timer_ns_ != 0 && monotonic_ns() >= timer_ns_) {
			timer_ns_ = 0;
			unblock_dispatch();
			retry_unwatched();
			watch_launcher();
		}
		if (dispatch_wanted_) dispatch();
		deliver();
	}
	close();
}

void EngineLoop::deliver() {
	if (events_.empty()) return;
	const std::int64_t now = monotonic_ns();
	const bool due = now >= delivered_ns_ + kBatchInterval || events_.size() >= kBatchEvents;
	if (!events_urgent_ && !due) return;
	events_urgent_ = false;
	delivered_ns_ = now;
	outbox_.deliver(events_);
}

bool EngineLoop::idle() const {
	return disengaged_ && launching_.empty() && processes_.empty();
}

int EngineLoop::wait_ms() const {
	std::int64_t due = timer_ns_;
	if (!events_.empty()) {
		const std::int64_t batch = delivered_ns_ + kBatchInterval;
		due = due == 0 ? batch : std::min(due, batch);
	}
	if (due == 0) return -1;
	const std::int64_t left = due - monotonic_ns();
	return left <= 0 ? 0 : static_cast<int>(left / kMillisecond) + 1;
}

bool EngineLoop::watch(int fd, Source source, std::uint32_t id) {
	epoll_event event{};
	event.events = EPOLLIN;
	event.data.u64 = (static_cast<std::uint64_t>(source) << 32) | id;
	return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void EngineLoop::handle(Source source, std::uint32_t id) {
	switch (source) {
		case Source::Mailbox:
			read_mailbox();
			return;
		case Source::Launcher:
			link_.launcher_ended(static_cast<pid_t>(id));
			watch_launcher();
			return;
		case Source::Report:
			report_ended(id);
			return;
		case Source::Process:
			process_ended(static_cast<pid_t>(id));
			return;
	}
}

void EngineLoop::emit(const JobKey& key, decltype(Event::what) what) {
	const auto queue = queues_.find(key.queue);
	if (queue == queues_.end() || queue->second.closed) return;
	events_.push_back({key, realtime_ns(), std::move(what)});
	// There may be a million of tasks; a single job is somebody's, who waits for it.
	if (key.task == 0) events_urgent_ = true;
}

// Also where nobody listens to the queue any more: whoever asked waits for the answer.
void EngineLoop::answer(const JobKey& key, decltype(Event::what) what) {
	events_.push_back({key, realtime_ns(), std::move(what)});
	events_urgent_ = true;
}

void EngineLoop::set_timer() {
	if (timer_ns_ == 0) timer_ns_ = monotonic_ns() + kRetryAfter;
}

// ---- letters

void EngineLoop::child_stopped(StopNotice notice) {
	mailbox_.post(notice);
}

void EngineLoop::read_mailbox() {
	mailbox_.take(letters_);
	for (Letter& letter : letters_) {
		std::visit([this](auto&& content) { on(std::move(content)); }, std::move(letter));
	}
}

void EngineLoop::on(Command&& content) {
	std::visit([this](auto&& what) { command(std::move(what)); }, std::move(content));
}

void EngineLoop::on(StopNotice&& notice) {
	const auto found = processes_.find(notice.pid);
	if (found == processes_.end()) {
		// Its launch may be under way: the pid is in the slot before the process runs.
		for (auto& [slot, launch] : launching_) {
			if (link_.slot(slot).pid.load() == notice.pid) launch.early_stop = notice;
		}
		return;
	}
	Process& process = found->second;
	if (process.failed_job) return;
	const bool stopped = notice.stop_signal != 0;
	// A continue whose stop was never seen, or a second stop signal, changes nothing.
	if (process.stopped == stopped) return;
	process.stopped = stopped;
	if (!stopped) process.suspended = false;
	if (stopped)
		emit(process.key, Stopped{notice.stop_signal});
	else
		emit(process.key, Continued{});
}

void EngineLoop::disengage() {
	outbox_.detach();
	mailbox_.post(Disengage{});
	std::unique_lock lock(disengage_mutex_);
	disengage_done_.wait(lock, [this] { return disengaged_; });
}

void EngineLoop::on(Disengage&&) {
	for (auto& [slot, launch] : launching_) {
		if (link_.slot(slot).guarded.load() == 0) continue;
		control_launching(launch, slot, Control{launch.job.key, ControlAction::Terminate, 0});
	}
	for (auto& [pid, process] : processes_) {
		if (process.guard != GuardTable::kNone) signal_group(pid, SIGKILL);
	}
	for (auto& [id, queue] : queues_) {
		queue.closed = true;
		queue.waiting.clear();
	}
	link_.kill_launcher();
	std::lock_guard lock(disengage_mutex_);
	disengaged_ = true;
	disengage_done_.notify_all();
}

void EngineLoop::command(OpenQueue&& open) {
	queues_.emplace(open.queue, Queue(open));
}

void EngineLoop::command(CloseQueue&& close) {
	const auto queue = queues_.find(close.queue);
	if (queue != queues_.end()) queue->second.closed = true;
	dispatch_wanted_ = true;
}

void EngineLoop::command(Submit&& submit) {
	const auto queue = queues_.find(submit.key.queue);
	if (queue == queues_.end()) return;
	Ticket job{submit.key, 0, std::make_shared<const LaunchPattern>(submit.request), submit.held};
	if (submit.held) emit(submit.key, Queued{true});
	queue->second.waiting.add(std::move(job), submit.held);
	// Also during a shortage it is tried once: its user is told of the shortage, unless others wait before
	// it.
	unblock_dispatch();
}

void EngineLoop::command(SubmitArray&& submit) {
	const auto queue = queues_.find(submit.key.queue);
	if (queue == queues_.end() || !submit.range.valid() || submit.max_parallel == 0) return;
	auto pattern = std::make_shared<const LaunchPattern>(submit.request);
	queue->second.waiting.add_array(
		submit.key, TaskLine(submit.key, std::move(pattern), submit.range, submit.max_parallel, submit.held));
	unblock_dispatch();
}

}  // namespace ospt
