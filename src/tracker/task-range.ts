import * as v from 'valibot';
import { Drmaa2Error } from '../drmaa2/index.js';
import { isPlainObject, kindOf, unknownName } from '../validation/index.js';
import type { ArrayRange } from './job-tracker.js';

/**
 * The tasks of an array, as a range. A task has an index, which its user knows it by, and an ordinal: 0, 1, 2, … in the
 * order of the indices.
 */
export class TaskRange {
	readonly begin: number;
	readonly end: number;
	readonly step: number;
	/** The number of tasks. */
	readonly length: number;

	constructor(begin: number, end: number, step: number) {
		this.begin = begin;
		this.end = end;
		this.step = step;
		this.length = Math.floor((end - begin) / step) + 1;
	}

	index(ordinal: number): number {
		return this.begin + ordinal * this.step;
	}

	/** Nothing when no task has that index. */
	ordinal(index: number): number | undefined {
		const ordinal = (index - this.begin) / this.step;
		return Number.isInteger(ordinal) && ordinal >= 0 && ordinal < this.length ? ordinal : undefined;
	}
}

/** Indices and bounds travel as 32 bits; of the bounds the largest value is "no bound". */
const LARGEST = 2 ** 32 - 1;

function wholeNumber(tooSmall: string) {
	return v.pipe(
		v.number('is not a number'),
		v.integer('is not a whole number'),
		v.minValue(1, `is less than 1: ${tooSmall}`),
		v.maxValue(LARGEST, `is larger than ${LARGEST}`),
	);
}

const rangeSchema = v.object({
	begin: wholeNumber('indices begin at 1'),
	end: wholeNumber('indices begin at 1'),
	step: v.optional(wholeNumber('the next index would never come'), 1),
	maxParallel: v.optional(wholeNumber('no task would ever start; leave it out for no bound'), LARGEST),
});

/** What the caller asked for, checked and complete. */
export interface ArraySettings {
	readonly range: TaskRange;
	/** 2^32 - 1: no bound. */
	readonly maxParallel: number;
}

/** @throws Drmaa2Error `InvalidArgument`, with the member of the range as `attribute` */
export function readArrayRange(range: ArrayRange): ArraySettings {
	if (!isPlainObject(range)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`the range is ${kindOf(range)} where a plain object is needed: pass at least { begin: 1, end: 10 }`,
			{ attribute: 'range' },
		);
	}
	for (const name of Object.keys(range)) {
		if (!Object.hasOwn(rangeSchema.entries, name)) {
			throw unknownName('member of the range', name, Object.keys(rangeSchema.entries));
		}
	}
	const result = v.safeParse(rangeSchema, range, { abortEarly: true });
	if (!result.success) {
		const attribute = String(result.issues[0].path?.[0].key);
		const missing = range[attribute as keyof ArrayRange] === undefined;
		throw new Drmaa2Error('InvalidArgument', `${attribute} ${missing ? 'is missing' : result.issues[0].message}`, {
			attribute,
		});
	}
	const { begin, end, step, maxParallel } = result.output;
	if (end < begin) {
		throw new Drmaa2Error('InvalidArgument', `end is ${end}, which is before begin (${begin}): exchange them`, {
			attribute: 'end',
		});
	}
	return { range: new TaskRange(begin, end, step), maxParallel };
}
