import { Drmaa2Error, JobState } from '../drmaa2/index.js';
import { kindOf, shown } from '../validation/index.js';
import type { ArrayInfoOptions, SubmitOptions, WaitOptions } from './job-tracker.js';

/** @throws Drmaa2Error `InvalidArgument` */
export function readStates(states: unknown): ReadonlySet<JobState> {
	if (!Array.isArray(states) || states.length === 0) {
		throw invalid('states', `states is ${kindOf(states)}: pass an array of at least one job state`);
	}
	for (const state of states) {
		if (typeof state !== 'string' || !Object.hasOwn(JobState, state)) {
			throw invalid('states', `${shown(state)} is no job state: use one of JobState`);
		}
	}
	return new Set(states);
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readWaitOptions(options: WaitOptions): WaitOptions {
	const signal = readSignal(options);
	const { timeout } = options;
	if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) {
		throw invalid('timeout', `timeout is ${shown(timeout)}: pass milliseconds from 0 to Infinity`);
	}
	return { timeout, signal };
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readSignal(options: SubmitOptions): AbortSignal | undefined {
	requireObject(options);
	const { signal } = options;
	if (signal !== undefined && !(signal instanceof AbortSignal)) {
		throw invalid('signal', `signal is ${kindOf(signal)}: pass the signal of an AbortController`);
	}
	return signal;
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readUsageWish(options: ArrayInfoOptions): boolean {
	requireObject(options);
	const { usage = true } = options;
	if (typeof usage !== 'boolean') {
		throw invalid('usage', `usage is ${kindOf(usage)}: pass true or false`);
	}
	return usage;
}

function requireObject(options: unknown): void {
	if (typeof options !== 'object' || options === null) {
		throw invalid('options', `options is ${kindOf(options)}: pass an object or nothing`);
	}
}

function invalid(attribute: string, message: string): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', message, { attribute });
}
