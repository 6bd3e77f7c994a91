import { forkingRivals, ours, type RivalName } from '../rivals/rivals.js';
import { arrayRate } from './array-rate.js';
import type { Question } from './question.js';
import { concurrencyTable, type ThroughputParams, type ThroughputSample } from './throughput-tables.js';

const contestants: readonly RivalName[] = [
	ours,
	'posix-spawn-per-core',
	'child-process',
	'execa',
	'bun',
	'xargs',
	'gnu-parallel',
];
const bounds = [2, 4, 16, 64];

export const arrayThroughput: Question<ThroughputParams, ThroughputSample> = {
	asks: 'How many short tasks of one array per second?',
	programs: [],
	plan: (quick) =>
		bounds.flatMap((concurrency) =>
			contestants.map((rival) => ({
				rival,
				params: { concurrency, heldMegabytes: 0, jobs: taskCount(rival, quick) },
			})),
		),
	measure: async (launcher, { concurrency, jobs }) => ({ jobsPerSecond: await arrayRate(launcher, concurrency, jobs) }),
	report: (results) =>
		[
			[
				'/bin/true, tasks per second, by how many may run at once. Ours is one array, from its submission until all tasks are',
				'known to have ended. The rivals in JavaScript launch the next job when one exits; the programs are told the bound.',
			].join('\n'),
			concurrencyTable(results, bounds),
		].join('\n\n'),
};

// Enough of the slow ones for a steady rate: they would take most of the time of a run.
function taskCount(rival: RivalName, quick: boolean): number {
	if (forkingRivals.has(rival)) return quick ? 150 : 1000;
	if (rival === 'gnu-parallel') return quick ? 100 : 500;
	if (rival === 'xargs') return quick ? 500 : 2000;
	return quick ? 1000 : 10_000;
}
