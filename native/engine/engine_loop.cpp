// SPDX-License-Identifier: MIT

#include "engine/engine_loop.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <utility>

#include "core/clock.h"
#include "engine/group_signal.h"

namespace ospt {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
// When something is exhausted and nothing ends before that, this is when it is tried again.
constexpr std::int64_t kRetryAfter = 50 * kMillisecond;

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
		outbox_.deliver(events_);
	}
	close();
}

bool EngineLoop::idle() const {
	return disengaged_ && launching_.empty() && processes_.empty();
}

int EngineLoop::wait_ms() const {
	if (timer_ns_ == 0) return -1;
	const std::int64_t left = timer_ns_ - monotonic_ns();
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
		control_launching(launch, slot, Control{launch.job->key, ControlAction::Terminate, 0});
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
	auto job = std::make_unique<WaitingJob>();
	job->key = submit.key;
	job->request = std::move(submit.request);
	if (submit.held) {
		job->announced = true;
		emit(submit.key, Queued{true});
	}
	queue->second.waiting.add(std::move(job), submit.held);
	// Also during a shortage it is tried once: its user is told of the shortage, unless others wait before
	// it.
	unblock_dispatch();
}

void EngineLoop::command(Control&& control) {
	ControlResult result = ControlResult::NoSuchJob;
	const auto place = places_.find(control.key);
	const auto queue = queues_.find(control.key.queue);
	if (place == places_.end()) {
		if (queue != queues_.end()) result = control_waiting(queue->second, control);
	} else if (place->second.launching) {
		result = control_launching(launching_.at(place->second.id), place->second.id, control);
	} else {
		const auto pid = static_cast<pid_t>(place->second.id);
		result = control_process(pid, processes_.at(pid), control);
	}
	// Also where nobody listens to the queue any more: whoever asked waits for the answer.
	events_.push_back({control.key, realtime_ns(), ControlDone{control.token, result}});
}

}  // namespace ospt
