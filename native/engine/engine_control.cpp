// SPDX-License-Identifier: MIT
//
// engine_control: what a control action does to a job, by the place where the job is. It changes no state of
// a job that has a process: that is told by the kernel alone.

#include <errno.h>
#include <signal.h>

#include "engine/engine_loop.h"
#include "engine/group_signal.h"

namespace ospt {

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
			if (!process.stopped) return ControlResult::WrongState;
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
	return signal_group(pid, signal) == 0 ? ControlResult::Done : ControlResult::NotPermitted;
}

}  // namespace ospt
