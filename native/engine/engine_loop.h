// SPDX-License-Identifier: MIT
//
// engine_loop: the engine's thread and all its state. Everything below `run` happens on that thread.
//
// The way of a job through its tables:
//
//   queues_ (waiting) ── send ──► launching_ ── report pipe ends ──► processes_ ── pidfd, wait4 ──► Ended
//        ▲                            │                                  │
//        └──── transient failure ─────┴── a step failed: LaunchFailed, once its process has been waited for

#pragma once

#include <sys/types.h>

#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/unique_fd.h"
#include "engine/command.h"
#include "engine/event.h"
#include "engine/launcher_link.h"
#include "engine/mailbox.h"
#include "engine/outbox.h"
#include "engine/stop_watcher.h"
#include "engine/ticket.h"
#include "engine/wait_queue.h"

namespace ospt {

class EngineLoop final : private StopListener {
  public:
	EngineLoop(std::string launcher_program, EventSink& sink);

	// Before the thread runs. After an error the object may only be destroyed.
	SystemError open();
	// After open(), when there will be no thread.
	void close();
	// The thread's main function. Returns when it is disengaged and has waited for its last process.
	void run();

	// From any other thread. When disengage() returns, the sink is not called any more, the launcher is told
	// to leave and the jobs of queues with `kill_on_exit` have been sent SIGKILL.
	void disengage();
	Mailbox& mailbox() { return mailbox_; }
	Outbox& outbox() { return outbox_; }

  private:
	struct Queue {
		explicit Queue(const OpenQueue& options)
			: waiting(options.max_running), kill_on_exit(options.kill_on_exit) {}
		WaitQueue waiting;
		bool kill_on_exit;
		bool closed = false;  // nobody listens any more
	};
	// A launch whose report pipe has not ended.
	struct Launching {
		Ticket job;
		UniqueFd report;
		bool terminated = false;
		// To be stopped as soon as its program runs.
		bool suspended = false;
		// The process was stopped before it was known to run.
		StopNotice early_stop = {};
	};
	// A child of ours that has not been waited for.
	struct Process {
		JobKey key;
		UniqueFd pidfd;
		std::int64_t dispatched_ns = 0;           // CLOCK_MONOTONIC
		std::int64_t dispatched_realtime_ns = 0;  // CLOCK_REALTIME; told once, and the same at the end
		std::size_t guard = GuardTable::kNone;
		bool stopped = false;
		// SIGTSTP was sent, and no SIGCONT since. Others of its group may be stopped although the process
		// itself is not: it ignores the signal, or waits in vfork(2) for a child that was stopped before its
		// exec.
		bool suspended = false;
		bool terminated = false;
		// Set: the program was never executed, the process only has to be waited for. The job may have to go
		// back to its queue.
		std::optional<Ticket> failed_job;
		LaunchFailure failure;
	};

	// ---- descriptors
	enum class Source : std::uint32_t { Mailbox, Launcher, Report, Process };
	bool watch(int fd, Source source, std::uint32_t id);
	int wait_ms() const;
	void handle(Source source, std::uint32_t id);

	// ---- letters
	void child_stopped(StopNotice notice) override;  // on the stop watcher's thread
	void read_mailbox();
	void on(Command&& content);
	void on(StopNotice&& notice);
	void on(Disengage&&);
	void command(OpenQueue&& open);
	void command(CloseQueue&& close);
	void command(Submit&& submit);
	void command(SubmitArray&& submit);
	void command(Control&& control);
	ControlResult control_one(const Control& control);
	ControlResult control_array(Queue& queue, const TaskLine& tasks, const Control& control);
	void control_waiting_tasks(Queue& queue, const TaskLine& tasks, const Control& control);
	TaskSet control_active_tasks(const TaskRange& range, const Control& control);
	ControlResult control_one_of_all(const Control& control);
	ControlResult control_active_task(const Control& control);
	void refuse(const Control& control, const TaskRange& range, const TaskSet& tasks, ControlResult result);
	ControlResult control_waiting(Queue& queue, const Control& control);
	ControlResult control_launching(Launching& launch, std::uint32_t slot, const Control& control);
	ControlResult control_process(pid_t pid, Process& process, const Control& control);

	// ---- the way of a job
	void dispatch();
	bool dispatch_round();
	bool dispatch_from(std::uint32_t id, Queue& queue);
	LauncherLink::Step launch(const Ticket& job, bool guarded, LauncherLink::Launch& launch,
							  LaunchFailure& failure);
	void launch_failed(Ticket job, LaunchFailure failure);
	void report_ended(std::uint32_t slot);
	void adopt(pid_t pid, std::uint32_t slot, Launching launch, LaunchFailure failure);
	void watch_process(pid_t pid, Process& process);
	void tell_dispatched(pid_t pid, Process& process, const Launching& launch);
	void process_ended(pid_t pid);
	void tell_ended(Process& process, ExitRecord record);
	void retry_unwatched();

	// ---- telling
	void emit(const JobKey& key, decltype(Event::what) what);
	void answer(const JobKey& key, decltype(Event::what) what);
	void deliver();

	// ---- helpers
	void leave_queue(const JobKey& key);
	void block_dispatch();
	void unblock_dispatch();
	void set_timer();
	void watch_launcher();
	bool has_guarded_jobs();
	bool idle() const;

	// Launches per sweep over one queue: with more, one full queue would keep the others waiting.
	static constexpr int kLaunchesPerTurn = 16;

	Mailbox mailbox_;
	Outbox outbox_;
	LauncherLink link_;
	UniqueFd epoll_;

	std::map<std::uint32_t, Queue> queues_;
	std::uint32_t last_served_ = 0;
	std::unordered_map<std::uint32_t, Launching> launching_;  // by slot
	std::unordered_map<pid_t, Process> processes_;
	// Where a job is that has left its queue: the slot of a launch, or the pid of a process.
	struct Place {
		bool launching;
		std::uint32_t id;
	};
	std::unordered_map<JobKey, Place, JobKeyHash> places_;
	// Children without a pidfd (no descriptor was to be had): looked at again from time to time.
	std::unordered_set<pid_t> unwatched_;

	std::vector<Letter> letters_;
	std::vector<Event> events_;
	// Somebody may be waiting for one of the events: they are not kept back.
	bool events_urgent_ = false;
	std::int64_t delivered_ns_ = 0;  // CLOCK_MONOTONIC
	bool dispatch_wanted_ = false;
	// Something is exhausted (processes, descriptors, memory, slots): nothing is started until something has
	// ended, or the timer is up.
	bool dispatch_blocked_ = false;
	std::int64_t timer_ns_ = 0;  // CLOCK_MONOTONIC; 0: not set

	bool disengaged_ = false;
	std::mutex disengage_mutex_;
	std::condition_variable disengage_done_;
};

}  // namespace ospt
