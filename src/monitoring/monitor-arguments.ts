import { Drmaa2Error } from '../drmaa2/index.js';
import { isPlainObject, kindOf, shown, unknownName } from '../validation/index.js';
import type { MonitorOptions, SampleOptions } from './monitorer.js';

/** setTimeout counts in 31 bits. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

/**
 * The options of a call, checked.
 *
 * @throws Drmaa2Error `InvalidArgument`, with the option as `attribute`
 */
export function readOptions(options: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
	if (options === undefined) {
		return {};
	}
	if (!isPlainObject(options)) {
		throw invalid('options', `options is ${kindOf(options)}: pass a plain object or nothing`);
	}
	for (const name of Object.keys(options)) {
		if (!known.includes(name)) {
			throw unknownName('option', name, known);
		}
	}
	const { signal } = options;
	if (signal !== undefined && !(signal instanceof AbortSignal)) {
		throw invalid('signal', `signal is ${kindOf(signal)}: pass the signal of an AbortController`);
	}
	signal?.throwIfAborted();
	return options;
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readMonitorOptions(options: unknown): AbortSignal | undefined {
	return (readOptions(options, ['signal']) as MonitorOptions).signal;
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readSampleOptions(options: unknown): Pick<SampleOptions, 'sample' | 'signal'> {
	const { sample, signal } = readOptions(options, ['sample', 'signal']) as SampleOptions;
	return { sample: sample === undefined ? undefined : readPause('sample', sample), signal };
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readPause(attribute: string, value: unknown): number {
	if (typeof value !== 'number' || !(value > 0 && value <= LONGEST_PAUSE_MS)) {
		throw invalid(
			attribute,
			`${attribute} is ${shown(value)}: pass milliseconds above 0, and at most ${LONGEST_PAUSE_MS}`,
		);
	}
	return value;
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readNames(names: unknown): ReadonlySet<string> | undefined {
	if (names === undefined) {
		return undefined;
	}
	if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
		throw invalid('names', `names is ${shown(names)}: pass an array of strings, or nothing for all`);
	}
	return new Set(names);
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readContact(name: unknown): string {
	if (name === undefined) {
		return '';
	}
	if (typeof name !== 'string') {
		throw invalid('name', `the name of the monitoring session is ${kindOf(name)}: pass a string or nothing`);
	}
	return name;
}

/** The process of an id. @throws Drmaa2Error `InvalidArgument` */
export function readProcessId(id: unknown): number {
	if (typeof id !== 'string' || !/^[1-9]\d{0,9}$/.test(id) || Number(id) > 2 ** 31 - 1) {
		throw invalid('jobId', `${shown(id)} is no process id: pass one of getAllJobIds(), as a string`);
	}
	return Number(id);
}

/** There is no such process, or none any more. */
export function noSuchProcess(id: string): Drmaa2Error {
	return invalid('jobId', `there is no process ${id} (any more): see getAllJobIds()`);
}

function invalid(attribute: string, message: string): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', message, { attribute });
}
