import { hostname } from 'node:os';
import {
	Drmaa2Error,
	JOB_CONTROL_ACTIONS,
	type JobControlAction,
	type JobInfo,
	type JobInfoFilter,
	type JobState,
	type JobTemplate,
	type MachineInfo,
} from '../drmaa2/index.js';
import {
	MonitorContacts,
	type Monitorer,
	type MonitorOptions,
	type MonitorSnapshot,
	ProcessMonitor,
	type RunningJob,
	readNames,
	registerSession,
	type SampleOptions,
	type SnapshotOptions,
	type WatchOptions,
} from '../monitoring/index.js';
import { EngineQueue, type JobEvent } from '../native/index.js';
import { launchError, preflight, resolveLaunchRequest, validateJobTemplate } from '../template/index.js';
import { shown } from '../validation/index.js';
import { jobInfo, subStateOf } from './job-info.js';
import { currentUid } from './job-owner.js';
import { JobRecord } from './job-record.js';
import { hasEnded, nextStatus } from './job-status.js';
import type { JobStateDetail, JobTracker, SubmitOptions, WaitOptions } from './job-tracker.js';
import { launchFailureOf } from './launch-failure.js';
import { LiveUsageReader } from './live-usage.js';
import { type Refusal, Submission } from './submission.js';
import { startTimer } from './timer.js';
import { controlRefusal, endedElsewhere, trackerClosed, unknownJob } from './tracker-errors.js';
import {
	type ProcessTrackerOptions,
	readSessionName,
	readTrackerOptions,
	type TrackerSettings,
} from './tracker-options.js';
import { readSignal, readStates, readWaitOptions } from './wait-arguments.js';

/**
 * OS processes of this machine as jobs. A job is the process group led by the process that runs the template's command;
 * its state is what the kernel reports of that process.
 */
export class ProcessTracker implements JobTracker, Monitorer {
	readonly sessionName: string;
	readonly #queue: EngineQueue;
	readonly #hostname = hostname();
	readonly #records = new Map<number, JobRecord>();
	/** Jobs that addJob has not answered for yet. */
	readonly #submissions = new Map<number, Submission>();
	readonly #monitor = new ProcessMonitor();
	readonly #contacts = new MonitorContacts();
	readonly #liveUsage = new LiveUsageReader();
	readonly #registration: Disposable;
	#lastJob = 0;
	#closing: Promise<void> | undefined;

	/**
	 * Opens a tracker. Its jobs are kept in memory.
	 *
	 * @throws Drmaa2Error `InvalidArgument` for a bad name or option, `OutOfResource` when there are no threads or
	 * descriptors for the engine
	 */
	static async open(sessionName: string, options: ProcessTrackerOptions = {}): Promise<ProcessTracker> {
		return new ProcessTracker(readSessionName(sessionName), readTrackerOptions(options));
	}

	private constructor(sessionName: string, settings: TrackerSettings) {
		this.sessionName = sessionName;
		this.#queue = new EngineQueue({ ...settings, onEvent: (event) => this.#on(event) });
		this.#registration = registerSession({ sessionName, runningJobs: () => this.#runningJobs() });
	}

	async addJob(template: JobTemplate, options: SubmitOptions = {}): Promise<string> {
		this.#requireOpen();
		const signal = readSignal(options);
		signal?.throwIfAborted();
		const validated = validateJobTemplate(template, CATEGORIES);
		const number = this.#lastJob + 1;
		const request = resolveLaunchRequest(validated, { jobId: String(number), baseEnvironment: process.env });
		this.#lastJob = number;
		const record = new JobRecord({
			number,
			template: validated,
			request,
			submissionTime: Date.now(),
			uid: currentUid(),
		});
		await this.#submit(new Submission(record, request), signal);
		return record.id;
	}

	async listJobs(): Promise<string[]> {
		this.#requireOpen();
		return [...this.#records.values()].filter(({ number }) => !this.#submissions.has(number)).map(({ id }) => id);
	}

	async jobState(jobId: string): Promise<JobStateDetail> {
		const { status } = this.#find(jobId);
		const subState = subStateOf(status);
		return subState === undefined ? { state: status.state } : { state: status.state, subState };
	}

	async jobInfo(jobId: string): Promise<JobInfo> {
		const record = this.#find(jobId);
		// Read first: the job may end meanwhile, and then its information is that of its end.
		const live = await this.#liveUsage.of(record);
		return jobInfo(record, this.#hostname, live);
	}

	async jobTemplate(jobId: string): Promise<JobTemplate> {
		return this.#find(jobId).template;
	}

	async listJobCategories(): Promise<string[]> {
		this.#requireOpen();
		return [...CATEGORIES];
	}

	async jobControl(jobId: string, action: JobControlAction): Promise<void> {
		const record = this.#find(jobId);
		if (!JOB_CONTROL_ACTIONS.includes(action)) {
			throw new Drmaa2Error(
				'InvalidArgument',
				`${shown(action)} is no control action: use one of ${JOB_CONTROL_ACTIONS.join(', ')}`,
				{ attribute: 'action' },
			);
		}
		if (hasEnded(record.status)) {
			throw controlRefusal(record, action, 'noSuchJob');
		}
		const result = await this.#queue.control(record.number, 0, action);
		if (result !== 'done') {
			throw controlRefusal(record, action, result);
		}
		if (action === 'terminate') {
			record.terminateRequested = true;
		}
	}

	async wait(jobId: string, states: readonly JobState[], options: WaitOptions = {}): Promise<JobState> {
		const record = this.#find(jobId);
		const wanted = readStates(states);
		const { timeout, signal } = readWaitOptions(options);
		signal?.throwIfAborted();
		const { status } = record;
		if (wanted.has(status.state)) {
			return status.state;
		}
		if (hasEnded(status)) {
			throw endedElsewhere(record);
		}
		const what = `job ${jobId} is ${status.state} and did not become ${[...wanted].join(' or ')}`;
		if (timeout === 0) {
			throw new Drmaa2Error('Timeout', `${what} yet`);
		}
		using _alive = this.#queue.keepAlive();
		return await record.waiters.wait(wanted, what, { timeout, signal });
	}

	async deleteJob(jobId: string): Promise<void> {
		const record = this.#find(jobId);
		if (!hasEnded(record.status)) {
			throw new Drmaa2Error(
				'InvalidState',
				`job ${jobId} is ${record.status.state}: only a job that has ended can be deleted; terminate it and wait`,
			);
		}
		this.#records.delete(record.number);
		record.waiters.rejectAll(() => unknownJob(jobId));
	}

	async openMonitoringSession(name?: string): Promise<void> {
		this.#requireOpen();
		this.#contacts.open(name);
	}

	async closeMonitoringSession(name?: string): Promise<void> {
		this.#requireOpen();
		this.#contacts.close(name);
	}

	async getAllJobIds(filter?: JobInfoFilter, options?: MonitorOptions): Promise<string[]> {
		this.#requireOpen();
		return await this.#monitor.getAllJobIds(filter, options);
	}

	/** Processes have no queues: always empty. */
	async getAllQueueNames(names?: readonly string[]): Promise<string[]> {
		this.#requireOpen();
		readNames(names);
		return [];
	}

	/** This machine, unless `names` is without it. */
	async getAllMachines(names?: readonly string[], options?: MonitorOptions): Promise<MachineInfo[]> {
		this.#requireOpen();
		return await this.#monitor.getAllMachines(names, options);
	}

	async jobInfoFromMonitor(id: string, options?: SampleOptions): Promise<JobInfo> {
		this.#requireOpen();
		return await this.#monitor.jobInfo(id, options);
	}

	async snapshot(options?: SnapshotOptions): Promise<MonitorSnapshot> {
		this.#requireOpen();
		return await this.#monitor.snapshot(options);
	}

	/** @throws Drmaa2Error for bad options; when the tracker is closed, the next step rejects with `InvalidSession` */
	watch(options: WatchOptions): AsyncIterableIterator<MonitorSnapshot> {
		this.#requireOpen();
		return this.#monitor.watch(options, () => this.#requireOpen());
	}

	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	async #close(): Promise<void> {
		// What is being submitted gets its answer first: nobody may be left not knowing whether his job runs.
		using _grace = startTimer(CLOSING_GRACE_MS, () => {
			for (const submission of this.#submissions.values()) {
				this.#abandon(submission, () => trackerClosed(this.sessionName));
			}
		});
		await Promise.all([...this.#submissions.values()].map(({ answer }) => answer));
		for (const record of this.#records.values()) {
			record.waiters.rejectAll(() => trackerClosed(this.sessionName));
		}
		this.#registration[Symbol.dispose]();
		this.#queue.close();
	}

	/** Those that have a process. */
	*#runningJobs(): Iterable<RunningJob> {
		for (const { id, status } of this.#records.values()) {
			if (status.kind === 'active') {
				yield { jobId: id, pid: status.dispatch.pid };
			}
		}
	}

	async #submit(submission: Submission, signal: AbortSignal | undefined): Promise<void> {
		const { record, request } = submission;
		const { number } = record;
		const abort = () => this.#abandon(submission, () => signal?.reason);
		using _alive = this.#queue.keepAlive();
		this.#submissions.set(number, submission);
		this.#records.set(number, record);
		signal?.addEventListener('abort', abort, { once: true });
		try {
			this.#queue.submit(number, request, record.template.submitAsHold ?? false);
			const refusal = await submission.answer;
			if (refusal !== undefined) {
				this.#records.delete(number);
				throw refusal();
			}
		} finally {
			signal?.removeEventListener('abort', abort);
			this.#submissions.delete(number);
		}
	}

	/** Gives up a job that is still being submitted. Its addJob is refused once nothing is left of it. */
	#abandon(submission: Submission, refusal: Refusal): void {
		submission.abandon(refusal);
		void this.#queue.control(submission.record.number, 0, 'terminate');
	}

	#requireOpen(): void {
		if (this.#closing !== undefined) {
			throw trackerClosed(this.sessionName);
		}
	}

	#find(jobId: string): JobRecord {
		this.#requireOpen();
		// The comparison of the text: Number() also reads "1.0", " 1" and "0x1".
		const record = typeof jobId === 'string' ? this.#records.get(Number(jobId)) : undefined;
		if (record === undefined || record.id !== jobId || this.#submissions.has(record.number)) {
			throw unknownJob(jobId);
		}
		return record;
	}

	#on(event: JobEvent): void {
		const record = this.#records.get(event.job);
		if (record === undefined) {
			return;
		}
		const submission = this.#submissions.get(event.job);
		if (submission !== undefined && event.kind === 'launchFailed') {
			submission.refuse(() => launchError(launchFailureOf(event), submission.request, record.id));
			return;
		}
		record.status = nextStatus(record.status, event);
		submission?.follow(record.status, () => this.#admit(submission));
		if (record.status.kind === 'active') {
			// Its launch cannot fail any more.
			record.request = undefined;
		}
		record.waiters.announce(record.status.state, hasEnded(record.status) ? () => endedElsewhere(record) : undefined);
	}

	/** The job waits. What would keep it from starting is better told now than when its turn comes. */
	async #admit(submission: Submission): Promise<void> {
		const { record, request } = submission;
		const failure = await preflight(request);
		if (failure === undefined) {
			submission.accept();
		} else if ((await this.#queue.control(record.number, 0, 'withdraw')) === 'done') {
			submission.refuse(() => launchError(failure, request, record.id));
		}
		// Not withdrawn: its turn has come in the meantime, and its launch decides.
	}
}

/** A launch takes milliseconds, unless it opens a FIFO that nobody has at the other end. */
const CLOSING_GRACE_MS = 1000;

/** No category can be registered yet. */
const CATEGORIES: readonly string[] = [];
