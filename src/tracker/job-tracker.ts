import type { JobControlAction, JobInfo, JobState, JobTemplate } from '../drmaa2/index.js';

/** The state of a job, with its implementation-specific detail. */
export interface JobStateDetail {
	readonly state: JobState;
	readonly subState?: string;
}

export interface SubmitOptions {
	/**
	 * Aborting before the job is accepted gives it up: nothing of it is left when the call rejects, with the signal's
	 * reason. Later it has no effect. (A launch takes milliseconds, unless it opens a FIFO or a dead network disk.)
	 */
	readonly signal?: AbortSignal | undefined;
}

export interface EventsOptions {
	/** Aborting ends the reading, with the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

/** How long to wait, and what ends the waiting early. */
export interface WaitOptions {
	/** Milliseconds; fractions are allowed. 0 looks once. Absent or `Infinity`: without limit. */
	readonly timeout?: number | undefined;
	/** Aborting rejects with the signal's reason. It ends the waiting only, never the job. */
	readonly signal?: AbortSignal | undefined;
}

/** Which tasks an array has: the indices `begin`, `begin + step`, … up to `end`. Whole numbers from 1 to 2^32 - 1. */
export interface ArrayRange {
	readonly begin: number;
	/** At least `begin`; it need not be hit: `{ begin: 1, end: 10, step: 5 }` has the tasks 1 and 6. */
	readonly end: number;
	/** Default: 1. */
	readonly step?: number | undefined;
	/** Upper bound on the tasks of the array that run (or are suspended) at once. Absent: no bound. */
	readonly maxParallel?: number | undefined;
}

/** What is known of an array at one moment, as a frozen snapshot. */
export interface ArrayInfo {
	readonly id: string;
	/** The tasks of the array, those that were deleted apart. */
	readonly taskCount: number;
	/** How many of them are in each state. */
	readonly states: Readonly<Record<JobState, number>>;
	readonly submissionTime: Date;
	/** When the first task was dispatched; absent before. */
	readonly firstDispatchTime?: Date;
	/** When a task ended last; absent while none has. */
	readonly lastFinishTime?: Date;
	/** What the tasks that ended have used; absent while there is none whose usage is known, and when it was left out. */
	readonly usage?: ArrayUsage;
}

/** What the tasks of an array have used, of those whose usage is known. */
export interface ArrayUsage {
	/** The number of these tasks. */
	readonly taskCount: number;
	/** Milliseconds from dispatch to finish. */
	readonly wallclockTime: UsageSummary;
	/** Microseconds. */
	readonly userCPUTime: UsageSummary;
	/** Microseconds. */
	readonly systemCPUTime: UsageSummary;
	/** Peak resident memory, in kilobytes of 1024 bytes. The sum is that of the peaks, which need not have come together. */
	readonly maxRSS: UsageSummary;
}

export interface ArrayInfoOptions {
	/** Whether to summarize what was used. Default: true. */
	readonly usage?: boolean | undefined;
}

export interface UsageSummary {
	readonly sum: number;
	readonly min: number;
	/** Of an even number of tasks: the mean of the two in the middle. */
	readonly median: number;
	readonly max: number;
}

/** A job, or a task of an array, has come into a state, or its sub-state has changed. */
export interface JobStateChange extends JobStateDetail {
	readonly jobId: string;
	/** When that was noticed. */
	readonly time: Date;
}

/** What {@link JobTracker.events} tells. */
export type JobTrackerEvent =
	| ({ readonly kind: 'state' } & JobStateChange)
	/** The reader was too slow: so many changes before the next one are not told. The states can be read anew. */
	| { readonly kind: 'lagged'; readonly dropped: number };

/**
 * What starts, watches and controls jobs, in the terms of DRMAA2. Sessions are written against this interface alone.
 *
 * Every method rejects with a `Drmaa2Error`: `InvalidArgument` for an id that is not known (or was deleted),
 * `InvalidSession` after {@link close}.
 */
export interface JobTracker extends AsyncDisposable {
	/**
	 * Submits a job and resolves to its id once its program runs, or once it waits in the queue. A job that cannot be
	 * started is refused, and leaves no trace.
	 */
	addJob(template: JobTemplate, options?: SubmitOptions): Promise<string>;

	/**
	 * Submits an array of jobs and resolves to its id, at once, whatever the number of its tasks: they are Queued and start
	 * as their turn comes. Task 17 of array "3" is the job "3.17"; it is told its index as `TASK_ID`, and in the paths of
	 * the template by `$DRMAA2_INDEX$`. An output path without that is one file for all tasks, to which they append; it is
	 * emptied now.
	 *
	 * A template that cannot start at all is refused. A task that alone cannot start is Failed, and the others go on.
	 */
	addArrayJob(template: JobTemplate, range: ArrayRange, options?: SubmitOptions): Promise<string>;

	/**
	 * The ids of all single jobs and all tasks of arrays that were added and not deleted, in the order of submission and of
	 * the indices.
	 */
	listJobs(): Promise<string[]>;

	/** The ids of the tasks of an array that were not deleted, in the order of their indices. */
	listArrayJobs(arrayJobId: string): Promise<string[]>;

	/**
	 * The numbers of tasks per state, the times of the whole and a summary of what was used. That summary looks at every
	 * task that has ended; whoever asks often, to show progress, leaves it out.
	 */
	arrayInfo(arrayJobId: string, options?: ArrayInfoOptions): Promise<ArrayInfo>;

	/** Resolves when every task has ended, however. Rejects with `Timeout` when the time is up. */
	waitArray(arrayJobId: string, options?: WaitOptions): Promise<void>;

	/**
	 * The information of all tasks of an array in the order of their indices, or of the jobs that are named; each as it is
	 * when its turn comes.
	 */
	jobInfos(jobs: string | Iterable<string>): AsyncIterableIterator<JobInfo>;

	/**
	 * The changes of state of all jobs from now on; in order per job. Reading may lag behind without harm: when too much
	 * waits to be read the oldest is dropped, and `lagged` tells how much. Ends with {@link close}, or with the reason of
	 * `signal`. Keeps the program alive while somebody waits for the next one.
	 */
	events(options?: EventsOptions): AsyncIterableIterator<JobTrackerEvent>;

	/** The state as the kernel reports it. */
	jobState(jobId: string): Promise<JobStateDetail>;

	/**
	 * All that is known of the job when the promise resolves; a frozen snapshot, never in contradiction with what
	 * {@link jobState} tells then. Of a running job that is also what it uses now, marked by `extensionList.live`.
	 */
	jobInfo(jobId: string): Promise<JobInfo>;

	/** The template as it was submitted; frozen. Also of an array. */
	jobTemplate(jobId: string): Promise<JobTemplate>;

	/**
	 * Resolves once the request has reached the job; its state follows when the kernel has acted on it. By the id of an
	 * array all its tasks are tried; when the action did not apply to some, it then rejects with one error that names them
	 * (`jobIds`). Tasks that are as the action would make them are no fault. Rejects with
	 * `InvalidState` when the job's state does not allow the action, `UnsupportedOperation` for `hold` and `release` of a
	 * job that has a process, `DeniedByDrms` when its process may not be signalled.
	 */
	jobControl(jobId: string, action: JobControlAction): Promise<void>;

	/**
	 * Resolves to the state as soon as the job is in one of `states`. Rejects with `InvalidState` once the job has ended in
	 * another, with `Timeout` when the time is up.
	 */
	wait(jobId: string, states: readonly JobState[], options?: WaitOptions): Promise<JobState>;

	/**
	 * Forgets a job, a task or an array that has ended; otherwise rejects with `InvalidState`. Whoever waits for it is
	 * rejected.
	 */
	deleteJob(jobId: string): Promise<void>;

	/** The names that `jobCategory` may have. */
	listJobCategories(): Promise<string[]>;

	/**
	 * Disengages: the jobs go on, also those that still wait in the queue, for as long as this process lives. Whoever waits
	 * is rejected. Closing again changes nothing.
	 */
	close(): Promise<void>;
}
