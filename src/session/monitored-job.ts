import { Drmaa2Error, type JobInfo, type JobState, type JobTemplate } from '../drmaa2/index.js';
import type { MonitoredProcess } from '../monitoring/index.js';
import type { WaitOptions } from '../tracker/index.js';
import type { Job } from './job.js';

/** What a monitored job asks its session. */
export interface JobSource {
	/** What is known of the job of this id now. */
	info(id: string): Promise<JobInfo>;
}

/**
 * A process of the machine as a job: to look at, not to control. It is the process that was found, and not another that
 * gets its number later.
 */
export class MonitoredJob implements Job {
	readonly id: string;
	readonly sessionName: string | undefined;
	readonly #found: MonitoredProcess;
	readonly #source: JobSource;

	constructor(found: MonitoredProcess, source: JobSource) {
		this.id = found.id;
		this.sessionName = found.job?.sessionName;
		this.#found = found;
		this.#source = source;
	}

	/** The command as the process shows it; its name, where it shows none. */
	get jobTemplate(): JobTemplate {
		const { args = [], name, workingDirectory } = this.#found;
		const [remoteCommand = name, ...others] = args;
		return Object.freeze({
			remoteCommand,
			args: Object.freeze(others),
			...(workingDirectory !== undefined && { workingDirectory }),
		});
	}

	async getState(): Promise<{ state: JobState; subState?: string }> {
		const { state, subState } = await this.getInfo();
		return subState === undefined ? { state } : { state, subState };
	}

	async getInfo(): Promise<JobInfo> {
		const info = await this.#source.info(this.id);
		if (info.extensionList['starttime'] !== String(this.#found.startTicks)) {
			throw new Drmaa2Error(
				'InvalidArgument',
				`process ${this.id} has ended, and another has its number by now: see getAllJobs()`,
				{ attribute: 'jobId' },
			);
		}
		return info;
	}

	async suspend(): Promise<void> {
		throw this.#denied('suspend');
	}

	async resume(): Promise<void> {
		throw this.#denied('resume');
	}

	async hold(): Promise<void> {
		throw this.#denied('hold');
	}

	async release(): Promise<void> {
		throw this.#denied('release');
	}

	async terminate(): Promise<void> {
		throw this.#denied('terminate');
	}

	async reap(): Promise<void> {
		throw new Drmaa2Error(
			'UnsupportedOperation',
			`cannot reap process ${this.id}: a monitoring session keeps nothing of it`,
		);
	}

	/** A process that was found has been started. */
	async waitStarted(): Promise<void> {}

	async waitTerminated(_options?: WaitOptions): Promise<JobInfo> {
		throw new Drmaa2Error(
			'UnsupportedOperation',
			`cannot wait for process ${this.id}: how a process ends is told to its parent only; look with getState(), or with watch()`,
		);
	}

	#denied(action: string): Drmaa2Error {
		const { job } = this.#found;
		const remedy =
			job === undefined
				? `send process ${this.id} a signal with process.kill()`
				: `it is job ${job.jobId} of session ${JSON.stringify(job.sessionName)}, where that can be done`;
		return new Drmaa2Error(
			'DeniedByDrms',
			`cannot ${action} process ${this.id}: jobs of a monitoring session are read-only; ${remedy}`,
		);
	}
}
