import * as v from 'valibot';
import { kindOf } from '../validation/index.js';

/**
 * A string that reaches the job unchanged. The kernel ends strings at NUL, and a lone surrogate has no UTF-8 form and
 * would silently become U+FFFD: both are refused.
 */
export const text = v.pipe(
	v.string((issue) => wrongKind(issue.input, 'a string', 'convert it with String()')),
	v.check((value) => !value.includes('\0'), 'contains a NUL byte, which no string of a process can: remove it'),
	v.check(
		(value) => !LONE_SURROGATE.test(value),
		'contains half of a surrogate pair, which UTF-8 cannot express: repair the string, for instance with toWellFormed()',
	),
);

/** A string that names a file or directory. */
export const path = v.pipe(text, v.nonEmpty('is an empty string: give a path, or leave the attribute out'));

/** A message for a value of the wrong kind; `null` gets the remedy that those who mean "not set" need. */
export function wrongKind(value: unknown, expected: string, remedy: string): string {
	const advice = value === null || value === undefined ? 'leave it out if it is not to be set' : remedy;
	return `is ${kindOf(value)} where ${expected} is needed: ${advice}`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
