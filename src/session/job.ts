import type { JobInfo, JobTemplate } from '../drmaa2/index.js';
import type { JobStateDetail, WaitOptions } from '../tracker/index.js';

/** A job, as a session hands it out (GFD.231, interface Job). All methods reject with a `Drmaa2Error`. */
export interface Job {
	readonly id: string;
	/** The session it was submitted in; absent for a job that was born elsewhere. */
	readonly sessionName: string | undefined;
	/** What it was submitted with; for a job that was born elsewhere, as much of that as can be seen. */
	readonly jobTemplate: JobTemplate;

	getState(): Promise<JobStateDetail>;
	getInfo(): Promise<JobInfo>;

	suspend(): Promise<void>;
	resume(): Promise<void>;
	hold(): Promise<void>;
	release(): Promise<void>;
	terminate(): Promise<void>;
	/** Drops all that is kept of a job that has ended. */
	reap(): Promise<void>;

	/** Resolves once the job has been started, also when it has ended since. */
	waitStarted(options?: WaitOptions): Promise<void>;
	/** Resolves once the job has ended. */
	waitTerminated(options?: WaitOptions): Promise<JobInfo>;
}
