import { Drmaa2Error, type Drmaa2ErrorCode, type JobControlAction, type JobIds } from '../drmaa2/index.js';
import type { ControlResult, RefusedTasks } from '../native/index.js';
import { shown } from '../validation/index.js';
import type { ArrayRecord } from './array-record.js';
import { subStateOf } from './job-info.js';
import type { TrackedJob } from './tracked-job.js';

/** The id names no job, or none any more. */
export function unknownJob(jobId: unknown): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', `there is no job ${shown(jobId)} (any more): see listJobs()`, {
		attribute: 'jobId',
	});
}

/** The id of an array where that of one job is needed. */
export function wholeArray({ id, range }: ArrayRecord): Drmaa2Error {
	return new Drmaa2Error(
		'InvalidArgument',
		`${id} is an array of jobs: use arrayInfo() and waitArray(), or name one of its tasks, such as ${id}.${range.begin}`,
		{ attribute: 'jobId' },
	);
}

/** The id of one job where that of an array is needed. */
export function notAnArray({ id }: TrackedJob): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', `job ${id} is no array: pass what addArrayJob() has returned`, {
		attribute: 'arrayJobId',
	});
}

/** The tracker was closed. */
export function trackerClosed(sessionName: string): Drmaa2Error {
	return new Drmaa2Error('InvalidSession', `the tracker ${JSON.stringify(sessionName)} is closed: open it again`);
}

/** The job has ended in a state that was not waited for. */
export function endedElsewhere(record: TrackedJob): Drmaa2Error {
	const detail = subStateOf(record.status);
	return new Drmaa2Error(
		'InvalidState',
		`job ${record.id} has ended ${record.status.state}${detail === undefined ? '' : ` (${detail})`}, which was not waited for`,
	);
}

/** An action on a whole array that did not apply to some of its tasks. It was carried out on the others. */
export function arrayControlRefusal(
	array: ArrayRecord,
	action: JobControlAction,
	refused: readonly RefusedTasks[],
): Drmaa2Error {
	const tasks = new RefusedJobIds(array, refused);
	const reasons = [...new Set(refused.map(({ result }) => result))];
	return new Drmaa2Error(
		codeOf(reasons),
		`cannot ${action} ${tasks.length} of ${array.length} tasks of array ${array.id} (${tasks}): ${reasons
			.map((reason) => ARRAY_REASONS[reason])
			.join(', or ')}; ${APPLIES_TO[action]}`,
		{ jobIds: tasks },
	);
}

/** Nothing of the array is left to be controlled. */
export function arrayHasEnded(array: ArrayRecord, action: JobControlAction): Drmaa2Error {
	return new Drmaa2Error(
		'InvalidState',
		`cannot ${action} array ${array.id}: all its tasks have ended; ${APPLIES_TO[action]}`,
	);
}

type Refusal = RefusedTasks['result'];

/** What can pass by itself, or cannot be helped, is only said when it is all there is. */
function codeOf(reasons: readonly Refusal[]): Drmaa2ErrorCode {
	if (reasons.every((reason) => reason === 'starting')) {
		return 'TryLater';
	}
	return reasons.every((reason) => reason === 'notPermitted') ? 'DeniedByDrms' : 'InvalidState';
}

const ARRAY_REASONS: Readonly<Record<Refusal, string>> = {
	wrongState: 'they are in another state',
	noSuchJob: 'they have ended',
	starting: 'they are just being started (try again)',
	notPermitted: 'their processes belong to another user (that takes the capability CAP_KILL)',
};

/** Runs of tasks as ids: all of them when they are read, the first few as text. */
class RefusedJobIds implements JobIds {
	readonly length: number;
	readonly #array: ArrayRecord;
	readonly #runs: readonly RefusedTasks[];

	constructor(array: ArrayRecord, runs: readonly RefusedTasks[]) {
		this.#array = array;
		this.#runs = runs;
		this.length = runs.reduce((sum, { first, last }) => sum + (last - first) / array.range.step + 1, 0);
	}

	*[Symbol.iterator](): Generator<string> {
		for (const { first, last } of this.#runs) {
			for (let index = first; index <= last; index += this.#array.range.step) {
				yield `${this.#array.id}.${index}`;
			}
		}
	}

	toString(): string {
		const { id } = this.#array;
		const shownRuns = this.#runs
			.slice(0, RUNS_IN_MESSAGE)
			.map(({ first, last }) => (first === last ? `${id}.${first}` : `${id}.${first} to ${id}.${last}`));
		return this.#runs.length > RUNS_IN_MESSAGE ? `${shownRuns.join(', ')}, …` : shownRuns.join(', ');
	}
}

const RUNS_IN_MESSAGE = 8;

/** The engine's answer to a control request that it did not carry out. */
export function controlRefusal(
	record: TrackedJob,
	action: JobControlAction,
	result: Exclude<ControlResult, 'done'>,
): Drmaa2Error {
	const { state } = record.status;
	const refused = `cannot ${action} job ${record.id}: it is ${state}`;
	switch (result) {
		case 'notPermitted':
			return new Drmaa2Error(
				'DeniedByDrms',
				`cannot ${action} job ${record.id}: its process belongs to another user; that takes the capability CAP_KILL`,
				{ errno: 'EPERM', syscall: 'kill' },
			);
		case 'starting':
			return new Drmaa2Error('TryLater', `cannot ${action} job ${record.id}: it is just being started; try again`);
		case 'wrongState':
			if ((action === 'hold' || action === 'release') && record.status.kind === 'active') {
				return new Drmaa2Error('UnsupportedOperation', `${refused}, and a process cannot be held; suspend it instead`);
			}
			return new Drmaa2Error('InvalidState', `${refused}; ${APPLIES_TO[action]}`);
		case 'noSuchJob':
			return new Drmaa2Error('InvalidState', `${refused}; ${APPLIES_TO[action]}`);
	}
}

const APPLIES_TO: Readonly<Record<JobControlAction, string>> = {
	suspend: 'only a Running job can be suspended',
	resume: 'only a job that is Suspended, or was asked to be, can be resumed',
	hold: 'only a Queued job can be held',
	release: 'only a QueuedHeld job can be released',
	terminate: 'only a job that has not ended can be terminated',
};
