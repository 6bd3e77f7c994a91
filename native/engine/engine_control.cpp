// SPDX-License-Identifier: MIT
//
// engine_control: what a control action does to a job, by the place where the job is. It changes no state of
// a job that has a process: that is told by the kernel alone.

#include <errno.h>
#include <signal.h>

#include "engine/engine_loop.h"
#include "engine/group_signal.h"

namespace ospt {

void EngineLoop::command(Control&& control) {
	const auto queue = queues_.find(control.key.queue);
	const TaskLine* tasks = queue == queues_.end() ? nullptr : queue->second.waiting.array(control.key);
	const ControlResult result =
		tasks != nullptr ? control_array(queue->second, *tasks, control) : control_one(control);
	answer(control.key, ControlDone{control.token, result});
}

ControlResult EngineLoop::control_one(const Control& control) {
	if (places_.contains(control.key)) return control_active_task(control);
	const auto queue = queues_.find(control.key.queue);
	return queue == queues_.end() ? ControlResult::NoSuchJob : control_waiting(queue->second, control);
}

ControlResult EngineLoop::control_active_task(const Control& control) {
	const Place place = places_.at(control.key);
	if (place.launching) return control_launching(launching_.at(place.id), place.id, control);
	const auto pid = static_cast<pid_t>(place.id);
	return control_process(pid, processes_.at(pid), control);
}

// ---- whole arrays: every task is tried; those to which the action does not apply are told of

ControlResult EngineLoop::control_array(Queue& queue, const TaskLine& tasks, const Control& control) {
	if (control.action == ControlAction::Withdraw) return ControlResult::WrongState;
	const TaskRange range = tasks.range();
	TaskSet ended(0, range.count() - 1);
	for (const auto& [first, last] : tasks.ready().runs()) ended.erase(first, last);
	for (const auto& [first, last] : tasks.held().runs()) ended.erase(first, last);
	const TaskSet active = control_active_tasks(range, control);
	for (const auto& [first, last] : active.runs()) ended.erase(first, last);
	// What terminate is for has already come about.
	if (control.action != ControlAction::Terminate) refuse(control, range, ended, ControlResult::NoSuchJob);
	// Last, for with its last waiting task an array of which nothing runs is gone.
	control_waiting_tasks(queue, tasks, control);
	return ControlResult::Done;
}

void EngineLoop::control_waiting_tasks(Queue& queue, const TaskLine& tasks, const Control& control) {
	const TaskRange range = tasks.range();
	const auto tell = [&](const TaskSet& set, auto what) {
		for (const auto& [first, last] : set.runs()) {
			JobKey key = control.key;
			key.task = range.index(first);
			what.last = range.index(last);
			emit(key, what);
		}
	};
	switch (control.action) {
		case ControlAction::Hold:
			tell(tasks.ready(), Queued{true});
			queue.waiting.hold_all(control.key);
			return;
		case ControlAction::Release:
			tell(tasks.held(), Queued{false});
			queue.waiting.release_all(control.key);
			dispatch_wanted_ = true;
			return;
		case ControlAction::Terminate:
			tell(tasks.ready(), Cancelled{});
			tell(tasks.held(), Cancelled{});
			queue.waiting.remove_all(control.key);
			dispatch_wanted_ = true;
			return;
		case ControlAction::Suspend:
		case ControlAction::Resume:
		case ControlAction::Withdraw:
			refuse(control, range, tasks.ready(), ControlResult::WrongState);
			refuse(control, range, tasks.held(), ControlResult::WrongState);
			return;
	}
}

// Returns those that are being started or have a process.
TaskSet EngineLoop::control_active_tasks(const TaskRange& range, const Control& control) {
	TaskSet active;
	for (const auto& [key, place] : places_) {
		if (key.queue != control.key.queue || key.job != control.key.job) continue;
		active.insert(*range.ordinal(key.task));
		const ControlResult result = control_one_of_all({key, control.action, control.token});
		if (result != ControlResult::Done) answer(key, Refused{control.token, result, key.task});
	}
	return active;
}

// Other than where a single task is meant, one that is as it is wanted to be is no error, and one that is
// just being started is stopped as soon as its program runs.
ControlResult EngineLoop::control_one_of_all(const Control& control) {
	const bool suspend = control.action == ControlAction::Suspend;
	if (!suspend && control.action != ControlAction::Resume) return control_active_task(control);
	const Place place = places_.at(control.key);
	if (place.launching) {
		launching_.at(place.id).suspended = suspend;
		return ControlResult::Done;
	}
	const Process& process = processes_.at(static_cast<pid_t>(place.id));
	const bool as_wanted = suspend ? process.stopped : !process.stopped && !process.suspended;
	return as_wanted && !process.failed_job ? ControlResult::Done : control_active_task(control);
}

void EngineLoop::refuse(const Control& control, const TaskRange& range, const TaskSet& tasks,
						ControlResult result) {
	for (const auto& [first, last] : tasks.runs()) {
		JobKey key = control.key;
		key.task = range.index(first);
		answer(key, Refused{control.token, result, range.index(last)});
	}
}

// ---- single jobs and single tasks

ControlResult EngineLoop::control_waiting(Queue& queue, const Control& control) {
	if (!queue.waiting.contains(control.key)) return ControlResult::NoSuchJob;
	switch (control.action) {
		case ControlAction::Hold:
			if (!queue.waiting.hold(control.key)) return ControlResult::WrongState;
			emit(control.key, Queued{true});
			return ControlResult::Done;
		case ControlAction::Release:
			if (!queue.waiting.release(control.key)) return ControlResult::WrongState;
			emit(control.key, Queued{false});
			dispatch_wanted_ = true;
			return ControlResult::Done;
		case ControlAction::Terminate:
			queue.waiting.remove(control.key);
			emit(control.key, Cancelled{});
			dispatch_wanted_ = true;
			return ControlResult::Done;
		case ControlAction::Withdraw:
			queue.waiting.remove(control.key);
			return ControlResult::Done;
		case ControlAction::Suspend:
		case ControlAction::Resume:
			return ControlResult::WrongState;
	}
	return ControlResult::WrongState;
}

ControlResult EngineLoop::control_launching(Launching& launch, std::uint32_t slot, const Control& control) {
	if (control.action != ControlAction::Terminate) return ControlResult::Starting;
	launch.terminated = true;
	LaunchSlot& shared = link_.slot(slot);
	// In this order: see launch_page.h.
	shared.cancelled.store(1);
	const pid_t pid = shared.pid.load();
	if (pid > 0) signal_group(pid, SIGKILL);
	return ControlResult::Done;
}

ControlResult EngineLoop::control_process(pid_t pid, Process& process, const Control& control) {
	if (process.failed_job) {
		if (control.action != ControlAction::Terminate) return ControlResult::Starting;
		process.failure = {LaunchStage::Cancelled, ECANCELED};
		return ControlResult::Done;
	}
	int signal = 0;
	switch (control.action) {
		case ControlAction::Suspend:
			if (process.stopped) return ControlResult::WrongState;
			signal = SIGTSTP;
			break;
		case ControlAction::Resume:
			if (!process.stopped && !process.suspended) return ControlResult::WrongState;
			signal = SIGCONT;
			break;
		case ControlAction::Terminate:
			signal = SIGKILL;
			break;
		case ControlAction::Hold:
		case ControlAction::Release:
		case ControlAction::Withdraw:
			return ControlResult::WrongState;
	}
	if (signal_group(pid, signal) != 0) return ControlResult::NotPermitted;
	if (signal == SIGKILL)
		process.terminated = true;
	else
		process.suspended = signal == SIGTSTP;
	return ControlResult::Done;
}

}  // namespace ospt
