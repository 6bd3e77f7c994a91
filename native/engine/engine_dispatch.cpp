// SPDX-License-Identifier: MIT
//
// engine_dispatch: the way of a job, from the queue to its end.

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "engine/engine_loop.h"
#include "engine/group_signal.h"
#include "engine/pidfd.h"
#include "engine/reaper.h"

namespace ospt {
namespace {

// Trouble that passes when something else ends: no process, memory or descriptor to be had.
bool transient(const LaunchFailure& failure) {
	return failure.error == EAGAIN || failure.error == ENOMEM || failure.error == EMFILE ||
		   failure.error == ENFILE;
}

}  // namespace

// ---- queue -> launcher

void EngineLoop::dispatch() {
	dispatch_wanted_ = false;
	if (disengaged_) return;
	// Turn and turn about, until a whole round started nothing.
	while (dispatch_round()) {
	}
	for (auto& [id, queue] : queues_) {
		queue.waiting.announce([this](const JobKey& key) { emit(key, Queued{false}); });
	}
	std::erase_if(queues_, [](const auto& entry) {
		const Queue& queue = entry.second;
		return queue.closed && queue.waiting.empty() && queue.waiting.running() == 0;
	});
	// Nobody is left who could want it; the next queue starts another.
	if (queues_.empty()) link_.kill_launcher();
}

// Begins behind the queue that was served last: where there is room for one job at a time, they all come to
// their turn.
bool EngineLoop::dispatch_round() {
	bool started = false;
	auto queue = queues_.upper_bound(last_served_);
	for (std::size_t turns = queues_.size(); turns > 0; --turns, ++queue) {
		if (queue == queues_.end()) queue = queues_.begin();
		started = dispatch_from(queue->first, queue->second) || started;
	}
	return started;
}

// True: the queue has used its turn up and may want another.
bool EngineLoop::dispatch_from(std::uint32_t id, Queue& queue) {
	for (int turn = 0; turn < kLaunchesPerTurn; ++turn) {
		if (dispatch_blocked_) return false;
		auto job = queue.waiting.take();
		if (!job) return false;

		LauncherLink::Launch begun;
		LaunchFailure failure;
		switch (launch(*job, queue.kill_on_exit, begun, failure)) {
			case LauncherLink::Step::Done:
				last_served_ = id;
				places_.emplace(job->key, Place{true, begun.slot});
				launching_.emplace(begun.slot, Launching{*std::move(job), std::move(begun.report)});
				break;
			case LauncherLink::Step::Busy:
				queue.waiting.put_back(*std::move(job));
				block_dispatch();
				break;
			case LauncherLink::Step::Failed:
				launch_failed(*std::move(job), failure);
				break;
		}
	}
	return true;
}

LauncherLink::Step EngineLoop::launch(const Ticket& job, bool guarded, LauncherLink::Launch& launch,
									  LaunchFailure& failure) {
	if (guarded) {
		const auto error = link_.guard().reserve(processes_.size() + launching_.size() + 1);
		if (error) {
			failure = {LaunchStage::Launcher, error.error};
			return LauncherLink::Step::Failed;
		}
	}
	LauncherLink::Step step = link_.begin(guarded, launch, failure);
	if (step != LauncherLink::Step::Done) return step;
	if (watch(launch.report.get(), Source::Report, launch.slot)) {
		step = link_.send(*job.pattern, job.key.task, launch, failure);
	} else {
		failure = {LaunchStage::Launcher, errno};
		step = LauncherLink::Step::Failed;
	}
	if (step != LauncherLink::Step::Done) link_.abandon(launch);
	watch_launcher();
	return step;
}

// No process is left of it. A job that its user knows to be waiting goes on waiting when the trouble passes.
void EngineLoop::launch_failed(Ticket job, LaunchFailure failure) {
	const auto queue = queues_.find(job.key.queue);
	if (transient(failure)) {
		block_dispatch();
		if (job.announced && !disengaged_) {
			queue->second.waiting.put_back(std::move(job));
			return;
		}
	}
	if (failure.stage == LaunchStage::Cancelled)
		emit(job.key, Cancelled{});
	else
		emit(job.key, LaunchFailed{failure});
	leave_queue(job.key);
}

void EngineLoop::watch_launcher() {
	// Guarded jobs need somebody who outlives us, also while nothing is launched.
	if (!link_.launcher() && !disengaged_ && has_guarded_jobs() && link_.ensure_launcher()) set_timer();
	link_.watch_launchers([this](const LauncherProcess& launcher) {
		const bool watched =
			watch(launcher.pidfd.get(), Source::Launcher, static_cast<std::uint32_t>(launcher.pid));
		// Its death shows at the next packet for it, too; this is for waiting for it.
		if (!watched) set_timer();
		return watched;
	});
}

bool EngineLoop::has_guarded_jobs() {
	return link_.guard().in_use() ||
		   std::any_of(launching_.begin(), launching_.end(),
					   [this](const auto& entry) { return link_.slot(entry.first).guarded.load() != 0; });
}

// ---- launcher -> process

void EngineLoop::report_ended(std::uint32_t slot) {
	auto node = launching_.extract(slot);
	if (node.empty()) return;
	Launching& launch = node.mapped();

	LaunchFailure failure;
	const ssize_t size = ::read(launch.report.get(), &failure, sizeof failure);
	// Closed before a descriptor is needed for the process: the number of descriptors does not grow here.
	launch.report.reset();
	const pid_t pid = link_.slot(slot).pid.load();
	places_.erase(launch.job.key);
	if (size != sizeof failure) {
		failure = {};
		if (pid == 0) failure = {LaunchStage::Launcher, ECONNRESET};
	}
	// Whatever kept it from starting: it is not to be started again.
	if (launch.terminated && failure.error != 0) failure = {LaunchStage::Cancelled, ECANCELED};
	if (pid > 0) {
		adopt(pid, slot, std::move(launch), failure);
	} else {
		launch_failed(std::move(launch.job), failure);
	}
	link_.free_slot(slot);
	// A failure of `transient` kind has blocked the dispatch just now, and is not what it waits for.
	if (failure.error == 0)
		unblock_dispatch();
	else
		dispatch_wanted_ = true;
}

void EngineLoop::adopt(pid_t pid, std::uint32_t slot, Launching launch, LaunchFailure failure) {
	Process process;
	process.key = launch.job.key;
	process.dispatched_ns = link_.slot(slot).dispatched_ns.load();
	process.dispatched_realtime_ns = realtime_of(process.dispatched_ns);
	process.failure = failure;
	if (link_.slot(slot).guarded.load() != 0) process.guard = link_.guard().add(pid);
	places_.emplace(process.key, Place{false, static_cast<std::uint32_t>(pid)});
	if (failure.error != 0) process.failed_job = std::move(launch.job);

	Process& known = processes_.emplace(pid, std::move(process)).first->second;
	if (failure.error == 0) tell_dispatched(pid, known, launch);
	watch_process(pid, known);
}

void EngineLoop::tell_dispatched(pid_t pid, Process& process, const Launching& launch) {
	emit(process.key, Dispatched{pid, process.dispatched_realtime_ns, process.dispatched_ns});
	// The first signal may have found the process before its setpgid, and have reached it alone.
	if (launch.terminated) {
		signal_group(pid, SIGKILL);
		process.terminated = true;
	} else if (launch.suspended) {
		signal_group(pid, SIGTSTP);
		process.suspended = true;
	}
	if (launch.early_stop.pid == pid) on(StopNotice(launch.early_stop));
}

void EngineLoop::watch_process(pid_t pid, Process& process) {
	process.pidfd = open_pidfd(pid);
	if (process.pidfd && watch(process.pidfd.get(), Source::Process, static_cast<std::uint32_t>(pid))) {
		unwatched_.erase(pid);
		return;
	}
	// No descriptor to be had, or somebody else has waited for the process: either way it is asked for by its
	// pid.
	process.pidfd.reset();
	unwatched_.insert(pid);
	set_timer();
}

void EngineLoop::retry_unwatched() {
	const std::vector<pid_t> pids(unwatched_.begin(), unwatched_.end());
	for (const pid_t pid : pids) {
		process_ended(pid);
		const auto process = processes_.find(pid);
		if (process != processes_.end()) watch_process(pid, process->second);
	}
}

// ---- process -> record

void EngineLoop::process_ended(pid_t pid) {
	const auto found = processes_.find(pid);
	if (found == processes_.end()) return;
	Process& process = found->second;
	// Before the process is waited for: afterwards its number may be another's.
	const bool guarded = process.guard != GuardTable::kNone;
	if (guarded) link_.guard().remove(std::exchange(process.guard, GuardTable::kNone));
	const auto record = reap(pid, process.pidfd.get());
	if (!record) {
		if (guarded) process.guard = link_.guard().add(pid);
		return;
	}

	auto node = processes_.extract(found);
	unwatched_.erase(pid);
	places_.erase(process.key);
	unblock_dispatch();
	tell_ended(node.mapped(), *record);
}

void EngineLoop::tell_ended(Process& process, ExitRecord record) {
	if (process.failed_job) {
		launch_failed(*std::move(process.failed_job), process.failure);
		return;
	}
	record.dispatched_ns = process.dispatched_ns;
	record.dispatched_realtime_ns = process.dispatched_realtime_ns;
	emit(process.key, Ended{record, process.terminated});
	leave_queue(process.key);
}

void EngineLoop::leave_queue(const JobKey& key) {
	const auto queue = queues_.find(key.queue);
	// The end of an array is waited for like that of a single job.
	if (queue != queues_.end() && queue->second.waiting.ended(key)) events_urgent_ = true;
	dispatch_wanted_ = true;
}

void EngineLoop::block_dispatch() {
	dispatch_blocked_ = true;
	set_timer();
}

void EngineLoop::unblock_dispatch() {
	dispatch_blocked_ = false;
	dispatch_wanted_ = true;
}

}  // namespace ospt
