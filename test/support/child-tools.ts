import { writeSync } from 'node:fs';
import * as library from '../../src/index.js';
import * as arrays from './array-facts.js';
import * as processes from './processes.js';
import * as waiting from './wait-until.js';
import * as jobs from './with-tracker.js';

/** Tells the test one value, as a line of JSON. Synchronous: it arrives whatever happens next. */
function say(value: unknown): void {
	writeSync(1, `${JSON.stringify(value)}\n`);
}

/** What the programs get that tests run in a Node process or a worker thread of their own. */
export const tools = { ...library, ...arrays, ...processes, ...waiting, ...jobs, say, sourceOf };
export type Tools = typeof tools;

export type Program<A> = (tools: Tools, argument: A) => unknown;

/**
 * A program as source text, for `node -e` and for workers. It is the function's own text: it can use nothing from
 * around it but the tools and its argument, which travels as JSON.
 */
export function sourceOf<A>(program: Program<A>, argument: A): string {
	const url = JSON.stringify(import.meta.url);
	return `import(${url}).then(({ tools }) => (${program})(tools, ${JSON.stringify(argument)}));`;
}
