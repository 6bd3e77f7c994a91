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

/** How long to wait, and what ends the waiting early. */
export interface WaitOptions {
	/** Milliseconds; fractions are allowed. 0 looks once. Absent or `Infinity`: without limit. */
	readonly timeout?: number | undefined;
	/** Aborting rejects with the signal's reason. It ends the waiting only, never the job. */
	readonly signal?: AbortSignal | undefined;
}

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

	/** The ids of all jobs that were added and not deleted, in the order of submission. */
	listJobs(): Promise<string[]>;

	/** The state as the kernel reports it. */
	jobState(jobId: string): Promise<JobStateDetail>;

	/**
	 * All that is known of the job when the promise resolves; a frozen snapshot, never in contradiction with what
	 * {@link jobState} tells then. Of a running job that is also what it uses now, marked by `extensionList.live`.
	 */
	jobInfo(jobId: string): Promise<JobInfo>;

	/** The template as it was submitted; frozen. */
	jobTemplate(jobId: string): Promise<JobTemplate>;

	/**
	 * Resolves once the request has reached the job; its state follows when the kernel has acted on it. Rejects with
	 * `InvalidState` when the job's state does not allow the action, `UnsupportedOperation` for `hold` and `release` of a
	 * job that has a process, `DeniedByDrms` when its process may not be signalled.
	 */
	jobControl(jobId: string, action: JobControlAction): Promise<void>;

	/**
	 * Resolves to the state as soon as the job is in one of `states`. Rejects with `InvalidState` once the job has ended in
	 * another, with `Timeout` when the time is up.
	 */
	wait(jobId: string, states: readonly JobState[], options?: WaitOptions): Promise<JobState>;

	/** Forgets a job that has ended; otherwise rejects with `InvalidState`. Whoever waits for it is rejected. */
	deleteJob(jobId: string): Promise<void>;

	/** The names that `jobCategory` may have. */
	listJobCategories(): Promise<string[]>;

	/**
	 * Disengages: the jobs go on, also those that still wait in the queue, for as long as this process lives. Whoever waits
	 * is rejected. Closing again changes nothing.
	 */
	close(): Promise<void>;
}
