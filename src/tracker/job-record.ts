import type { JobState } from '../drmaa2/index.js';
import type { LaunchRequest, ValidatedTemplate } from '../template/index.js';
import { type JobStatus, SUBMITTED } from './job-status.js';
import type { TrackedJob } from './tracked-job.js';
import { WaiterList } from './waiter-list.js';

/** What is kept of a single job: its facts, its status, and who waits for it. Everything else is derived from it. */
export class JobRecord implements TrackedJob {
	readonly id: string;
	/** The number the engine knows it by. */
	readonly number: number;
	readonly task = 0;
	readonly template: ValidatedTemplate;
	/** Milliseconds since the epoch. */
	readonly submissionTime: number;
	readonly uid: number;
	status: JobStatus = SUBMITTED;
	readonly waiters = new WaiterList<JobState>();
	/** What the job was started from: kept while its launch can still fail. */
	request: LaunchRequest | undefined;

	constructor(facts: {
		number: number;
		template: ValidatedTemplate;
		request: LaunchRequest;
		submissionTime: number;
		uid: number;
	}) {
		this.id = String(facts.number);
		this.number = facts.number;
		this.template = facts.template;
		this.request = facts.request;
		this.submissionTime = facts.submissionTime;
		this.uid = facts.uid;
	}
}
