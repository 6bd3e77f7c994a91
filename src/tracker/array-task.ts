import type { JobState } from '../drmaa2/index.js';
import { type LaunchRequest, requestOfTask, type ValidatedTemplate } from '../template/index.js';
import type { ArrayRecord } from './array-record.js';
import type { JobStatus } from './job-status.js';
import type { TrackedJob } from './tracked-job.js';
import { WaiterList } from './waiter-list.js';

/** One task of an array, seen as a job. A view: all that it tells is the array's. */
export class ArrayTask implements TrackedJob {
	readonly array: ArrayRecord;
	readonly ordinal: number;

	constructor(array: ArrayRecord, ordinal: number) {
		this.array = array;
		this.ordinal = ordinal;
	}

	get id(): string {
		return `${this.array.id}.${this.task}`;
	}

	get number(): number {
		return this.array.number;
	}

	get task(): number {
		return this.array.range.index(this.ordinal);
	}

	get template(): ValidatedTemplate {
		return this.array.template;
	}

	get submissionTime(): number {
		return this.array.submissionTime;
	}

	get uid(): number {
		return this.array.uid;
	}

	get status(): JobStatus {
		return this.array.status(this.ordinal);
	}

	get request(): LaunchRequest {
		return requestOfTask(this.array.pattern, this.task);
	}

	/** Made when somebody asks, and let go with the end of the task. */
	get waiters(): WaiterList<JobState> {
		let waiters = this.array.taskWaiters.get(this.ordinal);
		if (waiters === undefined) {
			waiters = new WaiterList();
			this.array.taskWaiters.set(this.ordinal, waiters);
		}
		return waiters;
	}
}
