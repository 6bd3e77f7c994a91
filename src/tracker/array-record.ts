import { JobState } from '../drmaa2/index.js';
import type { JobEvent } from '../native/index.js';
import type { LaunchRequest, ValidatedTemplate } from '../template/index.js';
import { ArrayTask } from './array-task.js';
import { HELD, hasEnded, type JobStatus, nextStatus, SUBMITTED, statusOnceCancelled } from './job-status.js';
import type { ArraySettings, TaskRange } from './task-range.js';
import { TaskRuns } from './task-runs.js';
import { TaskTable } from './task-table.js';
import { WaiterList } from './waiter-list.js';

/** Tasks, by their first and last ordinal, that an event has brought into another status. */
export interface TaskChange {
	readonly first: number;
	readonly last: number;
	readonly after: JobStatus;
}

/**
 * What is kept of an array: one record for all its tasks, and beside it only what differs. Tasks that wait are the
 * range itself, those that were held or terminated before they started are runs, those that were started are rows of
 * numbers.
 */
export class ArrayRecord {
	readonly id: string;
	/** The number the engine knows it by. */
	readonly number: number;
	readonly template: ValidatedTemplate;
	readonly range: TaskRange;
	/** The request of all its tasks; INDEX_MARK stands where the index belongs. */
	readonly pattern: LaunchRequest;
	/** Milliseconds since the epoch. */
	readonly submissionTime: number;
	readonly uid: number;
	/** Those who wait for its end. */
	readonly waiters = new WaiterList<'ended'>();
	/** Those who wait for a state of one task, by its ordinal. */
	readonly taskWaiters = new Map<number, WaiterList<JobState>>();
	/** When its first task was dispatched; milliseconds since the epoch. */
	firstDispatchTime: number | undefined;
	/** When a task ended last; milliseconds since the epoch. */
	lastFinishTime: number | undefined;

	readonly #held = new TaskRuns<true>();
	/** The time of it, of tasks that were terminated while they waited. */
	readonly #cancelled = new TaskRuns<number>();
	readonly #deleted = new TaskRuns<true>();
	readonly #table: TaskTable;
	/** The ordinals of those that have a process. */
	readonly #active = new Set<number>();
	readonly #counts = new Map<JobState, number>();

	constructor(facts: {
		number: number;
		template: ValidatedTemplate;
		settings: ArraySettings;
		pattern: LaunchRequest;
		submissionTime: number;
		uid: number;
	}) {
		const { range } = facts.settings;
		this.id = String(facts.number);
		this.number = facts.number;
		this.template = facts.template;
		this.range = range;
		this.pattern = facts.pattern;
		this.submissionTime = facts.submissionTime;
		this.uid = facts.uid;
		this.#table = new TaskTable(range.length);
		if (facts.template.submitAsHold === true) {
			this.#held.set(0, range.length - 1, true);
			this.#count(JobState.QueuedHeld, range.length);
		} else {
			this.#count(JobState.Queued, range.length);
		}
	}

	/** The tasks that were not deleted. */
	get length(): number {
		return this.range.length - this.#deleted.size;
	}

	get hasEnded(): boolean {
		return this.count(JobState.Done) + this.count(JobState.Failed) + this.count(JobState.Undetermined) === this.length;
	}

	/** The tasks whose process was waited for, also those that were deleted. */
	get finishedCount(): number {
		return this.#table.finishedCount;
	}

	/** How many of its tasks, those that were deleted apart, are in a state. */
	count(state: JobState): number {
		return this.#counts.get(state) ?? 0;
	}

	status(ordinal: number): JobStatus {
		const started = this.#table.get(ordinal);
		if (started !== undefined) {
			return started;
		}
		const cancelled = this.#cancelled.get(ordinal);
		if (cancelled !== undefined) {
			return statusOnceCancelled({ time: cancelled });
		}
		return this.#held.has(ordinal) ? HELD : SUBMITTED;
	}

	/** Nothing when there is no such task, or none any more. */
	task(index: number): ArrayTask | undefined {
		const ordinal = this.range.ordinal(index);
		return ordinal === undefined || this.#deleted.has(ordinal) ? undefined : new ArrayTask(this, ordinal);
	}

	/** In the order of the indices. */
	*tasks(): Generator<ArrayTask> {
		for (let ordinal = 0; ordinal < this.range.length; ordinal++) {
			if (!this.#deleted.has(ordinal)) {
				yield new ArrayTask(this, ordinal);
			}
		}
	}

	/** Those that have a process. */
	*activeTasks(): Generator<ArrayTask> {
		for (const ordinal of this.#active) {
			yield new ArrayTask(this, ordinal);
		}
	}

	/** Takes in what the engine tells of one task, or of a run of tasks that were all in one state. */
	apply(event: JobEvent): TaskChange {
		const first = this.range.ordinal(event.task) ?? 0;
		const last = 'last' in event ? (this.range.ordinal(event.last) ?? first) : first;
		const before = this.status(first);
		const after = nextStatus(before, event);
		switch (after.kind) {
			case 'waiting':
				if (after.state === JobState.QueuedHeld) {
					this.#held.set(first, last, true);
				} else {
					this.#held.delete(first, last);
				}
				break;
			case 'cancelled':
				this.#held.delete(first, last);
				this.#cancelled.set(first, last, after.cancel.time);
				break;
			default:
				this.#table.set(first, after);
		}
		if (after.kind === 'active') {
			this.#active.add(first);
		} else {
			this.#active.delete(first);
		}
		this.#count(before.state, first - last - 1);
		this.#count(after.state, last - first + 1);
		this.#noteTimes(after);
		return { first, last, after };
	}

	/** Forgets a task that has ended. */
	delete(index: number): void {
		const ordinal = this.range.ordinal(index);
		if (ordinal === undefined) {
			return;
		}
		this.#count(this.status(ordinal).state, -1);
		this.#deleted.set(ordinal, ordinal, true);
		this.taskWaiters.delete(ordinal);
	}

	/** Calls `visit` with values of what the kernel told, for every task whose usage is known. */
	forEachUsage(fields: Parameters<TaskTable['forEachUsage']>[0], visit: (values: readonly number[]) => void): void {
		this.#table.forEachUsage(fields, (ordinal, values) => {
			if (!this.#deleted.has(ordinal)) {
				visit(values);
			}
		});
	}

	#count(state: JobState, change: number): void {
		this.#counts.set(state, this.count(state) + change);
	}

	#noteTimes(status: JobStatus): void {
		if (status.kind === 'active') {
			const { dispatchTime } = status.dispatch;
			this.firstDispatchTime = Math.min(this.firstDispatchTime ?? dispatchTime, dispatchTime);
		}
		if (hasEnded(status)) {
			const time = finishTimeOf(status);
			this.lastFinishTime = Math.max(this.lastFinishTime ?? time, time);
		}
	}
}

function finishTimeOf(status: Exclude<JobStatus, { kind: 'waiting' | 'active' }>): number {
	switch (status.kind) {
		case 'finished':
			return status.end.finishTime;
		case 'launchFailed':
			return status.failure.time;
		case 'cancelled':
			return status.cancel.time;
	}
}
