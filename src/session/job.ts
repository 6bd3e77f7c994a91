import type { JobInfo, JobState, JobTemplate } from '../drmaa2/index.js';

/** How long to wait, and what ends the waiting early. */
export interface JobWaitOptions {
	/** Milliseconds; fractions are allowed. 0 looks once. Absent or `Infinity`: without limit. */
	readonly timeout?: number | undefined;
	/** Aborting rejects with the signal's reason. It ends the waiting only, never the job. */
	readonly signal?: AbortSignal | undefined;
}

/** A job, as a session hands it out (GFD.231, interface Job). All methods reject with a `Drmaa2Error`. */
export interface Job {
	readonly id: string;
	/** The session it was submitted in; absent for a job that was born elsewhere. */
	readonly sessionName: string | undefined;
	/** What it was submitted with; for a job that was born elsewhere, as much of that as can be seen. */
	readonly jobTemplate: JobTemplate;

	getState(): Promise<{ state: JobState; subState?: string }>;
	getInfo(): Promise<JobInfo>;

	suspend(): Promise<void>;
	resume(): Promise<void>;
	hold(): Promise<void>;
	release(): Promise<void>;
	terminate(): Promise<void>;
	/** Drops all that is kept of a job that has ended. */
	reap(): Promise<void>;

	/** Resolves once the job has been started, also when it has ended since. */
	waitStarted(options?: JobWaitOptions): Promise<void>;
	/** Resolves once the job has ended. */
	waitTerminated(options?: JobWaitOptions): Promise<JobInfo>;
}
