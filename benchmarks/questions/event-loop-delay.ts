import { setImmediate as nextLoopTurn } from 'node:timers/promises';
import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { type LoopSample, watchLoop } from '../lib/watch-loop.js';
import { forkingRivals, ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import { launchMany } from './launch-many.js';
import type { Question, Result } from './question.js';

export type LoopParams = {
	readonly jobs: number;
	readonly concurrency: number;
	readonly heldMegabytes: number;
	readonly nextJob: NextJob;
};
type NextJob = 'at once' | 'next turn';
type Scenario = Pick<LoopParams, 'heldMegabytes' | 'nextJob'>;

// Launching from an exit handler, as nearly every program does, keeps some rivals from ever coming round to a timer.
// Both ways are shown: one is what users get, the other what they could get by waiting for a turn of the loop first.
const scenarios: readonly Scenario[] = [
	{ heldMegabytes: 0, nextJob: 'at once' },
	{ heldMegabytes: 0, nextJob: 'next turn' },
	{ heldMegabytes: 1024, nextJob: 'at once' },
	{ heldMegabytes: 1024, nextJob: 'next turn' },
];
const contestants: readonly RivalName[] = [ours, 'child-process', 'execa'];
const control: RivalName = 'posix-spawn';
const controlScenario: Scenario = { heldMegabytes: 0, nextJob: 'at once' };

export const eventLoopDelay: Question<LoopParams, LoopSample> = {
	asks: 'What do jobs cost the event loop that they are launched from?',
	programs: [],
	plan: (quick) => {
		const planned = (rival: RivalName, scenario: Scenario) => ({
			rival,
			params: { ...scenario, concurrency: 4, jobs: jobCount(rival, scenario.heldMegabytes, quick) },
		});
		const contest = scenarios.flatMap((scenario) => contestants.map((rival) => planned(rival, scenario)));
		return [...contest, planned(control, controlScenario)];
	},
	measure: async (launcher, { jobs, concurrency, nextJob }) => {
		const pause = nextJob === 'next turn' ? nextLoopTurn : undefined;
		await launchMany(launcher, concurrency, 20, pause);
		return watchLoop(jobs, () => launchMany(launcher, concurrency, jobs, pause));
	},
	report: (results) =>
		[
			[
				'/bin/true, 4 at once. The next job is launched at once when one exits, or in the next turn of the loop.',
				'Delay in milliseconds beyond the 1 ms period of the timer that measures it; ticks are how many of its firings came,',
				'in percent; costs in microseconds per job. The C program is the control: it launches the same jobs while Node is idle.',
			].join('\n'),
			markdownTable(
				[
					'rival',
					'held',
					'next job',
					'p50',
					'p99',
					'max',
					'ours ÷ p99',
					'ticks',
					'loop active',
					'main thread CPU',
					'process CPU',
				],
				rivalsIn(results).flatMap((rival) =>
					(rival === control ? [controlScenario] : scenarios).map((scenario) => row(results, rival, scenario)),
				),
			),
		].join('\n\n'),
};

// A forking rival takes most of the time of a run, and what it does to the loop shows in few jobs.
function jobCount(rival: RivalName, heldMegabytes: number, quick: boolean): number {
	if (!forkingRivals.has(rival)) return quick ? 200 : 1000;
	if (heldMegabytes > 0) return quick ? 20 : 30;
	return quick ? 100 : 300;
}

function row(results: readonly Result<LoopParams, LoopSample>[], rival: RivalName, scenario: Scenario): string[] {
	const value = (name: RivalName, key: keyof LoopSample) => figure(results, name, scenario, (sample) => sample[key]);
	return [
		label(rival),
		scenario.heldMegabytes === 0 ? 'nothing' : `${scenario.heldMegabytes} MB`,
		scenario.nextJob,
		amount(value(rival, 'delayP50'), 2),
		amount(value(rival, 'delayP99'), 2),
		amount(value(rival, 'delayMax'), 1),
		ratio(value(ours, 'delayP99'), value(rival, 'delayP99')),
		amount(value(rival, 'ticksKept')),
		amount(value(rival, 'activePerJob')),
		amount(value(rival, 'mainThreadCpuPerJob')),
		amount(value(rival, 'processCpuPerJob')),
	];
}
