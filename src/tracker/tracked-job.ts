import type { JobState } from '../drmaa2/index.js';
import type { LaunchRequest, ValidatedTemplate } from '../template/index.js';
import type { JobStatus } from './job-status.js';
import type { WaiterList } from './waiter-list.js';

/** What single jobs and the tasks of arrays have in common. Everything that is told of a job is derived from this. */
export interface TrackedJob {
	readonly id: string;
	/** The number the engine knows the job, or the array, by. */
	readonly number: number;
	/** The index of a task; 0 for single jobs. */
	readonly task: number;
	readonly template: ValidatedTemplate;
	/** Milliseconds since the epoch. */
	readonly submissionTime: number;
	readonly uid: number;
	readonly status: JobStatus;
	/** What the job was started from, while its launch can still fail or has failed. */
	readonly request: LaunchRequest | undefined;
	readonly waiters: WaiterList<JobState>;
}
