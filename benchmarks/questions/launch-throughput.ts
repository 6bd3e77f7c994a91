import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { forkingRivals, ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import { launchMany } from './launch-many.js';
import type { Question, Result } from './question.js';

export type ThroughputParams = { readonly concurrency: number; readonly heldMegabytes: number; readonly jobs: number };
export type ThroughputSample = { readonly jobsPerSecond: number };
type Results = readonly Result<ThroughputParams, ThroughputSample>[];

const contestants: readonly RivalName[] = [
	ours,
	'posix-spawn',
	'posix-spawn-per-core',
	'child-process',
	'execa',
	'bun',
];
const concurrencies = [1, 4, 16];
const large = { concurrency: 4, heldMegabytes: 1024 };
const small = { concurrency: 4, heldMegabytes: 0 };

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
		const begun = performance.now();
		await launchMany(launcher, concurrency, jobs);
		return { jobsPerSecond: (jobs / (performance.now() - begun)) * 1000 };
	},
	report: (results) => [...concurrencyTable(results), ...heldMemoryTable(results)].join('\n\n'),
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

function concurrencyTable(results: Results): string[] {
	const rate = (rival: RivalName, concurrency: number) =>
		figure(results, rival, { concurrency, heldMegabytes: 0 }, (sample) => sample.jobsPerSecond);
	return [
		'/bin/true, jobs per second, by how many run at once.',
		markdownTable(
			['rival', ...concurrencies.flatMap((count) => [`${count} at once`, 'ours ÷'])],
			rivalsIn(results).map((rival) => [
				label(rival),
				...concurrencies.flatMap((count) => [amount(rate(rival, count)), ratio(rate(ours, count), rate(rival, count))]),
			]),
		),
	];
}

function heldMemoryTable(results: Results): string[] {
	const rate = (rival: RivalName, scenario: Partial<ThroughputParams>) =>
		figure(results, rival, scenario, (sample) => sample.jobsPerSecond);
	return [
		'The same, 4 at once, from a process that holds 1 GiB.',
		markdownTable(
			['rival', 'small heap', '1 GiB held', 'large ÷ small', 'ours ÷ (1 GiB held)'],
			rivalsIn(results.filter(({ params }) => params.heldMegabytes > 0)).map((rival) => [
				label(rival),
				amount(rate(rival, small)),
				amount(rate(rival, large)),
				ratio(rate(rival, large), rate(rival, small)),
				ratio(rate(ours, large), rate(rival, large)),
			]),
		),
	];
}
