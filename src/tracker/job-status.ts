import { Drmaa2Error, JobState } from '../drmaa2/index.js';
import type { EventFacts, JobEvent } from '../native/index.js';

/** Where a job is, with the facts of that place and no others. */
export type JobStatus = Waiting | Active | Finished | LaunchFailed | Cancelled;

interface Waiting {
	readonly kind: 'waiting';
	readonly state: typeof JobState.Queued | typeof JobState.QueuedHeld;
}

/** The job has a process. */
export interface Active {
	readonly kind: 'active';
	readonly state: typeof JobState.Running | typeof JobState.Suspended;
	readonly dispatch: EventFacts<'dispatched'>;
	/** The signal that stopped it; present exactly while it is Suspended. */
	readonly stopSignal?: number;
}

/** Its process has ended and was waited for. */
export interface Finished {
	readonly kind: 'finished';
	readonly state: typeof JobState.Done | typeof JobState.Failed | typeof JobState.Undetermined;
	readonly dispatch: EventFacts<'dispatched'>;
	readonly end: EventFacts<'ended'>;
}

/** It waited, and when its turn came its program could not be started. */
export interface LaunchFailed {
	readonly kind: 'launchFailed';
	readonly state: typeof JobState.Failed;
	readonly failure: EventFacts<'launchFailed'> & Moment;
}

/** It was terminated before it had a process. */
interface Cancelled {
	readonly kind: 'cancelled';
	readonly state: typeof JobState.Failed;
	readonly cancel: Moment;
}

interface Moment {
	/** Milliseconds since the epoch. */
	readonly time: number;
}

/** A job that was handed to the engine, before the first word of it. */
export const SUBMITTED: Waiting = Object.freeze({ kind: 'waiting', state: JobState.Queued });

/** A job that waits to be released. */
export const HELD: Waiting = Object.freeze({ kind: 'waiting', state: JobState.QueuedHeld });

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
			return event.held === 0 ? SUBMITTED : HELD;
		case 'dispatched':
			return statusOnceActive(event, undefined);
		case 'launchFailed':
			return statusOnceLaunchFailed(event);
		case 'cancelled':
			return statusOnceCancelled(event);
		default:
			return undefined;
	}
}

function fromActive({ dispatch }: Active, event: JobEvent): JobStatus | undefined {
	switch (event.kind) {
		case 'stopped':
			return statusOnceActive(dispatch, event.signal);
		case 'continued':
			return statusOnceActive(dispatch, undefined);
		case 'ended':
			return statusAfterEnd(dispatch, event);
		default:
			return undefined;
	}
}

export function statusOnceActive(dispatch: EventFacts<'dispatched'>, stopSignal: number | undefined): Active {
	return stopSignal === undefined
		? { kind: 'active', state: JobState.Running, dispatch }
		: { kind: 'active', state: JobState.Suspended, dispatch, stopSignal };
}

export function statusOnceLaunchFailed(failure: LaunchFailed['failure']): LaunchFailed {
	return { kind: 'launchFailed', state: JobState.Failed, failure };
}

export function statusOnceCancelled(cancel: Moment): Cancelled {
	return { kind: 'cancelled', state: JobState.Failed, cancel };
}

export function statusAfterEnd(dispatch: EventFacts<'dispatched'>, end: EventFacts<'ended'>): Finished {
	return { kind: 'finished', state: finalState(end), dispatch, end };
}

function finalState(end: EventFacts<'ended'>): Finished['state'] {
	if (end.statusKnown === 0) {
		return JobState.Undetermined;
	}
	return end.exitStatus === 0 ? JobState.Done : JobState.Failed;
}

function impossible(status: JobStatus, event: JobEvent): never {
	throw new Drmaa2Error('Internal', `job ${event.job} was told ${event.kind} while it is ${status.kind}`);
}
