import { ratePerSecond } from '../lib/rate.js';
import { forkingRivals, ours, type RivalName } from '../rivals/rivals.js';
import { launchMany } from './launch-many.js';
import type { Question } from './question.js';
import {
	concurrencyTable,
	heldMemoryTable,
	large,
	type ThroughputParams,
	type ThroughputSample,
} from './throughput-tables.js';

const contestants: readonly RivalName[] = [
	ours,
	'posix-spawn',
	'posix-spawn-per-core',
	'child-process',
	'execa',
	'bun',
];
const concurrencies = [1, 4, 16];

export const launchThroughput: Question<ThroughputParams, ThroughputSample> = {
	asks: 'How many short jobs per second?',
	programs: [],
	plan: (quick) =>
		[...concurrencies.map((concurrency) => ({ concurrency, heldMegabytes: 0 })), large].flatMap((scenario) =>
			contestants
				.filter((rival) => fits(rival, scenario))
				.map((rival) => ({ rival, params: { ...scenario, jobs: jobCount(rival, scenario.heldMegabytes, quick) } })),
		),
	measure: async (launcher, { concurrency, jobs }) => {
		await launchMany(launcher, concurrency, 50);
		return { jobsPerSecond: await ratePerSecond(jobs, () => launchMany(launcher, concurrency, jobs)) };
	},
	report: (results) =>
		[
			'/bin/true, jobs per second, by how many run at once.',
			concurrencyTable(results, concurrencies),
			'The same, 4 at once, from a process that holds 1 GiB.',
			heldMemoryTable(results),
		].join('\n\n'),
};

// Enough for a steady rate and no more: the forking rivals take most of the time of a run.
function jobCount(rival: RivalName, heldMegabytes: number, quick: boolean): number {
	if (!forkingRivals.has(rival)) return quick ? 500 : 3000;
	if (heldMegabytes > 0) return quick ? 20 : 60;
	return quick ? 150 : 900;
}

// One job at a time cannot keep one worker per core busy, and a heap to hold is a matter of the one-process rivals.
function fits(rival: RivalName, scenario: { concurrency: number; heldMegabytes: number }): boolean {
	return rival !== 'posix-spawn-per-core' || (scenario.concurrency > 1 && scenario.heldMegabytes === 0);
}
