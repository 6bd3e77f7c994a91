import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
	Drmaa2Error,
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
import { arrayInfo } from './array-info.js';
import { ArrayRecord } from './array-record.js';
import { prepareArray, resolveArrayRequest } from './array-submission.js';
import { ArrayTask } from './array-task.js';
import { controlArray, controlJob, requireAction } from './control.js';
import { jobInfo, subStateOf } from './job-info.js';
import { currentUid } from './job-owner.js';
import { JobRecord } from './job-record.js';
import { hasEnded, nextStatus } from './job-status.js';
import { JobTable } from './job-table.js';
import type {
	ArrayInfo,
	ArrayInfoOptions,
	ArrayRange,
	EventsOptions,
	JobStateChange,
	JobStateDetail,
	JobTracker,
	JobTrackerEvent,
	SubmitOptions,
	WaitOptions,
} from './job-tracker.js';
import { launchFailureOf } from './launch-failure.js';
import { LiveUsageReader } from './live-usage.js';
import { StateFeed } from './state-feed.js';
import { type Refusal, Submission } from './submission.js';
import { readArrayRange } from './task-range.js';
import { startTimer } from './timer.js';
import type { TrackedJob } from './tracked-job.js';
import { endedElsewhere, trackerClosed, unknownJob } from './tracker-errors.js';
import {
	type ProcessTrackerOptions,
	readSessionName,
	readTrackerOptions,
	type TrackerSettings,
} from './tracker-options.js';
import { readSignal, readStates, readUsageWish, readWaitOptions } from './wait-arguments.js';
import { waitForArray, waitForState } from './waiting.js';

/**
 * OS processes of this machine as jobs. A job is the process group led by the process that runs the template's command;
 * its state is what the kernel reports of that process.
 */
export class ProcessTracker implements JobTracker, Monitorer {
	readonly sessionName: string;
	readonly #queue: EngineQueue;
	readonly #hostname = hostname();
	readonly #jobs = new JobTable();
	/** Jobs that addJob has not answered for yet. */
	readonly #submissions = new Map<number, Submission>();
	readonly #feed: StateFeed;
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
		this.#feed = new StateFeed(sessionName);
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

	async addArrayJob(template: JobTemplate, range: ArrayRange, options: SubmitOptions = {}): Promise<string> {
		this.#requireOpen();
		const signal = readSignal(options);
		const check = () => {
			this.#requireOpen();
			signal?.throwIfAborted();
		};
		check();
		const settings = readArrayRange(range);
		const validated = validateJobTemplate(template, CATEGORIES);
		const number = this.#lastJob + 1;
		const pattern = resolveArrayRequest(validated, String(number));
		this.#lastJob = number;
		const facts = { number, template: validated, settings, pattern, submissionTime: Date.now(), uid: currentUid() };
		await prepareArray(pattern, String(number), check);
		const array = new ArrayRecord(facts);
		const { begin, end, step } = array.range;
		const tasks = { begin, end, step, maxParallel: settings.maxParallel };
		this.#queue.submitArray(number, pattern, tasks, validated.submitAsHold ?? false);
		this.#jobs.add(array);
		return array.id;
	}

	async listJobs(): Promise<string[]> {
		this.#requireOpen();
		return this.#jobs.records().flatMap((record) => (record instanceof ArrayRecord ? taskIds(record) : record.id));
	}

	async listArrayJobs(arrayJobId: string): Promise<string[]> {
		return taskIds(this.#array(arrayJobId));
	}

	async arrayInfo(arrayJobId: string, options: ArrayInfoOptions = {}): Promise<ArrayInfo> {
		return arrayInfo(this.#array(arrayJobId), readUsageWish(options));
	}

	async *jobInfos(jobs: string | Iterable<string>): AsyncIterableIterator<JobInfo> {
		this.#requireOpen();
		let busySince = performance.now();
		for (const job of this.#selected(jobs)) {
			yield jobInfo(job, this.#hostname);
			// Whoever reads without waiting for anything himself must not keep the event loop from turning.
			if (performance.now() - busySince > SLICE_MS) {
				await nextTurn();
				this.#requireOpen();
				busySince = performance.now();
			}
		}
	}

	events(options: EventsOptions = {}): AsyncIterableIterator<JobTrackerEvent> {
		this.#requireOpen();
		const signal = readSignal(options);
		signal?.throwIfAborted();
		return this.#feed.read(signal, () => this.#queue.keepAlive());
	}

	async jobState(jobId: string): Promise<JobStateDetail> {
		return stateDetail(this.#job(jobId));
	}

	async jobInfo(jobId: string): Promise<JobInfo> {
		const job = this.#job(jobId);
		// Read first: the job may end meanwhile, and then its information is that of its end.
		const live = await this.#liveUsage.of(job);
		return jobInfo(job, this.#hostname, live);
	}

	async jobTemplate(jobId: string): Promise<JobTemplate> {
		this.#requireOpen();
		return this.#jobs.find(jobId).template;
	}

	async listJobCategories(): Promise<string[]> {
		this.#requireOpen();
		return [...CATEGORIES];
	}

	async jobControl(jobId: string, action: JobControlAction): Promise<void> {
		this.#requireOpen();
		const job = this.#jobs.find(jobId);
		requireAction(action);
		await (job instanceof ArrayRecord ? controlArray(this.#queue, job, action) : controlJob(this.#queue, job, action));
	}

	async wait(jobId: string, states: readonly JobState[], options: WaitOptions = {}): Promise<JobState> {
		return await waitForState(this.#queue, this.#job(jobId), readStates(states), readWaitOptions(options));
	}

	async waitArray(arrayJobId: string, options: WaitOptions = {}): Promise<void> {
		await waitForArray(this.#queue, this.#array(arrayJobId), readWaitOptions(options));
	}

	async deleteJob(jobId: string): Promise<void> {
		this.#requireOpen();
		const job = this.#jobs.find(jobId);
		if (job instanceof ArrayRecord ? !job.hasEnded : !hasEnded(job.status)) {
			const what =
				job instanceof ArrayRecord
					? `not every task of array ${jobId} has ended`
					: `job ${jobId} is ${job.status.state}`;
			throw new Drmaa2Error('InvalidState', `${what}: only what has ended can be deleted; terminate it and wait`);
		}
		job.waiters.rejectAll(() => unknownJob(jobId));
		this.#jobs.delete(job);
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
		for (const record of this.#jobs.records()) {
			record.waiters.rejectAll(() => trackerClosed(this.sessionName));
			if (record instanceof ArrayRecord) {
				for (const waiters of record.taskWaiters.values()) {
					waiters.rejectAll(() => trackerClosed(this.sessionName));
				}
			}
		}
		this.#feed.close();
		this.#registration[Symbol.dispose]();
		this.#queue.close();
	}

	/** Those that have a process. */
	*#runningJobs(): Iterable<RunningJob> {
		for (const { id, status } of this.#jobs.active()) {
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
		signal?.addEventListener('abort', abort, { once: true });
		try {
			this.#queue.submit(number, request, record.template.submitAsHold ?? false);
			const refusal = await submission.answer;
			if (refusal !== undefined) {
				throw refusal();
			}
			this.#jobs.add(record);
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

	#job(jobId: string): TrackedJob {
		this.#requireOpen();
		return this.#jobs.job(jobId);
	}

	#array(arrayJobId: string): ArrayRecord {
		this.#requireOpen();
		return this.#jobs.array(arrayJobId);
	}

	*#selected(jobs: string | Iterable<string>): Generator<TrackedJob> {
		if (typeof jobs === 'string') {
			yield* this.#jobs.array(jobs).tasks();
			return;
		}
		for (const id of jobs) {
			yield this.#jobs.job(id);
		}
	}

	#on(event: JobEvent): void {
		const submission = this.#submissions.get(event.job);
		const record = submission?.record ?? this.#jobs.get(event.job);
		if (record instanceof ArrayRecord) {
			this.#onTasks(record, event);
		} else if (record !== undefined) {
			this.#onJob(record, submission, event);
		}
	}

	#onJob(record: JobRecord, submission: Submission | undefined, event: JobEvent): void {
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
		if (submission?.isAccepted ?? true) {
			this.#tell(record, event.time);
		}
		announce(record);
	}

	#onTasks(array: ArrayRecord, event: JobEvent): void {
		const { first, last, after } = array.apply(event);
		if (this.#feed.isRead) {
			const time = new Date(event.time);
			this.#feed.tellRun(last - first + 1, (position) => stateChange(new ArrayTask(array, first + position), time));
		}
		for (const ordinal of array.taskWaiters.keys()) {
			if (ordinal >= first && ordinal <= last) {
				announce(new ArrayTask(array, ordinal));
				// Nobody can wait for what has ended.
				if (hasEnded(after)) {
					array.taskWaiters.delete(ordinal);
				}
			}
		}
		if (array.hasEnded) {
			array.waiters.announce('ended');
		}
	}

	#tell(job: TrackedJob, time: number): void {
		if (this.#feed.isRead) {
			this.#feed.tell(stateChange(job, new Date(time)));
		}
	}

	/** The job waits. What would keep it from starting is better told now than when its turn comes. */
	async #admit(submission: Submission): Promise<void> {
		const { record, request } = submission;
		const failure = await preflight(request);
		if (failure === undefined) {
			submission.accept();
			if (record.status.kind === 'waiting') {
				this.#tell(record, Date.now());
			}
		} else if ((await this.#queue.control(record.number, 0, 'withdraw')).result === 'done') {
			submission.refuse(() => launchError(failure, request, record.id));
		}
		// Not withdrawn: its turn has come in the meantime, and its launch decides.
	}
}

function stateDetail({ status }: TrackedJob): JobStateDetail {
	const subState = subStateOf(status);
	return subState === undefined ? { state: status.state } : { state: status.state, subState };
}

function stateChange(job: TrackedJob, time: Date): JobStateChange {
	return { jobId: job.id, ...stateDetail(job), time };
}

function announce(job: TrackedJob): void {
	const { status, waiters } = job;
	waiters.announce(status.state, hasEnded(status) ? () => endedElsewhere(job) : undefined);
}

function taskIds(array: ArrayRecord): string[] {
	return Array.from(array.tasks(), ({ id }) => id);
}

/** How long jobInfos keeps the event loop at the most, in milliseconds. */
const SLICE_MS = 5;

/** A launch takes milliseconds, unless it opens a FIFO that nobody has at the other end. */
const CLOSING_GRACE_MS = 1000;

/** No category can be registered yet. */
const CATEGORIES: readonly string[] = [];
