import * as v from 'valibot';
import { isPlainObject } from '../validation/index.js';
import { text, wrongKind } from './text-schema.js';

/**
 * Environment variables, copied and frozen. Not `v.record`: it drops names such as `constructor` without a word, and
 * these are variables like any other.
 */
export const environment = v.pipe(
	// process.env is the one object of another class that people rightly hand over; it holds only strings.
	v.custom<Readonly<Record<string, unknown>>>(
		(value) => isPlainObject(value) || value === process.env,
		(issue) => wrongKind(issue.input, 'a plain object of strings', 'pass an object literal, such as { NAME: "value" }'),
	),
	v.rawTransform(({ dataset, addIssue, NEVER }): Readonly<Record<string, string>> => {
		// Spread and not assignment: a variable may be called __proto__.
		const copy = { ...dataset.value };
		for (const [name, value] of Object.entries(copy)) {
			const fault = faultInName(name) ?? faultInValue(value);
			if (fault !== undefined) {
				addIssue({
					message: fault,
					path: [{ type: 'object', origin: 'value', input: dataset.value, key: name, value }],
				});
				return NEVER;
			}
		}
		return Object.freeze(copy as Record<string, string>);
	}),
);

/** environ(7): a name ends at the first equals sign, so it can neither contain one nor be empty. */
function faultInName(name: string): string | undefined {
	if (name === '') {
		return 'has an empty name: give the variable a name, or remove it';
	}
	if (name.includes('=')) {
		return "has a name with '=', which would end the name there: rename the variable";
	}
	const fault = faultInValue(name);
	return fault === undefined ? undefined : `has a name that ${fault}`;
}

function faultInValue(value: unknown): string | undefined {
	const result = v.safeParse(text, value, { abortEarly: true });
	return result.success ? undefined : result.issues[0].message;
}
