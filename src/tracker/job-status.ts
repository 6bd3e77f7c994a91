import { Drmaa2Error, JobState } from '../drmaa2/index.js';
import type { EngineEventOf, JobEvent } from '../native/index.js';

/** Where a job is, with the facts of that place and no others. */
export type JobStatus = Waiting | Active | Finished | LaunchFailed | Cancelled;

interface Waiting {
	readonly kind: 'waiting';
	readonly state: typeof JobState.Queued | typeof JobState.QueuedHeld;
}

/** The job has a process. */
interface Active {
	readonly kind: 'active';
	readonly state: typeof JobState.Running | typeof JobState.Suspended;
	readonly dispatch: EngineEventOf<'dispatched'>;
	/** The signal that stopped it; present exactly while it is Suspended. */
	readonly stopSignal?: number;
}

/** Its process has ended and was waited for. */
interface Finished {
	readonly kind: 'finished';
	readonly state: typeof JobState.Done | typeof JobState.Failed | typeof JobState.Undetermined;
	readonly dispatch: EngineEventOf<'dispatched'>;
	readonly end: EngineEventOf<'ended'>;
}

/** It waited, and when its turn came its program could not be started. */
interface LaunchFailed {
	readonly kind: 'launchFailed';
	readonly state: typeof JobState.Failed;
	readonly failure: EngineEventOf<'launchFailed'>;
}

/** It was terminated before it had a process. */
interface Cancelled {
	readonly kind: 'cancelled';
	readonly state: typeof JobState.Failed;
	readonly cancel: EngineEventOf<'cancelled'>;
}

/** A job that was handed to the engine, before the first word of it. */
export const SUBMITTED: JobStatus = Object.freeze({ kind: 'waiting', state: JobState.Queued });

/** Whether the status is final. */
export function hasEnded(status: JobStatus): status is Finished | LaunchFailed | Cancelled {
	return status.kind !== 'waiting' && status.kind !== 'active';
}

/**
 * The status after an event: the one place that decides a state. Pure. Pairs that are not in here cannot happen, since
 * the engine tells the events of a job in order, from one thread.
 */
export function nextStatus(status: JobStatus, event: JobEvent): JobStatus {
	switch (status.kind) {
		case 'waiting':
			return fromWaiting(event) ?? impossible(status, event);
		case 'active':
			return fromActive(status, event) ?? impossible(status, event);
		default:
			return impossible(status, event);
	}
}

function fromWaiting(event: JobEvent): JobStatus | undefined {
	switch (event.kind) {
		case 'queued':
			return { kind: 'waiting', state: event.held === 0 ? JobState.Queued : JobState.QueuedHeld };
		case 'dispatched':
			return { kind: 'active', state: JobState.Running, dispatch: event };
		case 'launchFailed':
			return { kind: 'launchFailed', state: JobState.Failed, failure: event };
		case 'cancelled':
			return { kind: 'cancelled', state: JobState.Failed, cancel: event };
		default:
			return undefined;
	}
}

function fromActive({ dispatch }: Active, event: JobEvent): JobStatus | undefined {
	switch (event.kind) {
		case 'stopped':
			return { kind: 'active', state: JobState.Suspended, dispatch, stopSignal: event.signal };
		case 'continued':
			return { kind: 'active', state: JobState.Running, dispatch };
		case 'ended':
			return { kind: 'finished', state: finalState(event), dispatch, end: event };
		default:
			return undefined;
	}
}

function finalState(end: EngineEventOf<'ended'>): Finished['state'] {
	if (end.statusKnown === 0) {
		return JobState.Undetermined;
	}
	return end.exitStatus === 0 ? JobState.Done : JobState.Failed;
}

function impossible(status: JobStatus, event: JobEvent): never {
	throw new Drmaa2Error('Internal', `job ${event.job} was told ${event.kind} while it is ${status.kind}`);
}
