import { withNumberedLines } from '../lib/numbered-lines.js';
import { ratePerSecond } from '../lib/rate.js';
import { runProgram } from '../lib/run-program.js';
import { timeLimit } from '../lib/time-limit.js';
import type { Rival } from './rival.js';

// A program that starts a command once per line of a file, with the line as its argument; /bin/true ignores that.
// It fails when one of the commands does. Its own start is in its time, as it is for whoever uses it.
export function lineRunner(program: string, optionsUpToBound: readonly string[]): Rival {
	return {
		open: () => Promise.reject(new Error(`${program} starts many jobs, not one`)),
		answers: {
			'array-throughput': ({ jobs, concurrency }) =>
				withNumberedLines(jobs, async (file) => {
					const args = ['-a', file, ...optionsUpToBound, String(concurrency), '/bin/true'];
					return {
						jobsPerSecond: await ratePerSecond(jobs, () => runProgram(program, args, { timeout: timeLimit })),
					};
				}),
		},
	};
}
