import { setImmediate as nextLoopTurn } from 'node:timers/promises';
import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { type LoopSample, watchLoop } from '../lib/watch-loop.js';
import type { SubmittedArray } from '../rivals/launcher.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import type { LoopParams } from './event-loop-delay.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question, Result } from './question.js';
import { runTasks } from './run-tasks.js';

/** `cpuPerTask`: microseconds that the task itself used, where that is reported. */
export type ArrayLoopSample = LoopSample & { readonly cpuPerTask?: number };
type Results = readonly Result<LoopParams, ArrayLoopSample>[];
type Scenario = Pick<LoopParams, 'nextJob'> & { readonly rival: RivalName };

// Nothing is launched from JavaScript where there is no choice of when.
const scenarios: readonly Scenario[] = [
	{ rival: ours, nextJob: 'at once' },
	{ rival: 'posix-spawn', nextJob: 'at once' },
	{ rival: 'child-process', nextJob: 'at once' },
	{ rival: 'child-process', nextJob: 'next turn' },
];

export const arrayEventLoop: Question<LoopParams, ArrayLoopSample> = {
	asks: 'What does an array cost the event loop while its tasks run through?',
	programs: [],
	plan: (quick) =>
		scenarios.map(({ rival, nextJob }) => ({
			rival,
			params: { nextJob, concurrency: 4, heldMegabytes: 0, jobs: taskCount(rival, quick) },
		})),
	measure: async (launcher, { jobs, concurrency, nextJob }) => {
		const pause = nextJob === 'next turn' ? nextLoopTurn : undefined;
		await runTasks(launcher, concurrency, 50, pause);
		const arrays: (SubmittedArray | undefined)[] = [];
		const watched = await watchLoop(jobs, async () => {
			arrays.push(await runTasks(launcher, concurrency, jobs, pause));
		});
		// Asked only now, for that is work of its own.
		const used = await Promise.all(arrays.map((array) => array?.cpuTimes()));
		const last = used.at(-1);
		return last === undefined ? watched : { ...watched, cpuPerTask: (last.userCPUTime + last.systemCPUTime) / jobs };
	},
	report: (results) =>
		[
			[
				'/bin/true, 4 at once. child_process launches the next job at once when one exits, or in the next turn of the loop.',
				'Delay in milliseconds beyond the 1 ms period of the timer that measures it; ticks are how many of its firings came,',
				'in percent; main thread CPU in microseconds per task. The C program is the control: the same jobs while Node is idle.',
				`${label(ours)}'s tasks themselves used ${amount(taskCost(results))} microseconds of CPU time each, by their own rusage:`,
				'that is the cost of one /bin/true.',
			].join('\n'),
			markdownTable(
				['rival', 'next job', 'p50', 'p99', 'max', 'ours ÷ p99', 'ticks', 'main thread CPU', '% of one /bin/true'],
				scenarios.filter(({ rival }) => rivalsIn(results).includes(rival)).map((scenario) => row(results, scenario)),
			),
		].join('\n\n'),
};

function taskCost(results: Results) {
	return figure(results, ours, {}, (sample) => sample.cpuPerTask);
}

function row(results: Results, { rival, nextJob }: Scenario): string[] {
	const value = (key: keyof LoopSample) => figure(results, rival, { nextJob }, (sample) => sample[key]);
	const cost = taskCost(results)?.median;
	return [
		label(rival),
		rival === 'child-process' ? nextJob : '',
		amount(value('delayP50'), 2),
		amount(value('delayP99'), 2),
		amount(value('delayMax'), 1),
		ratio(
			figure(results, ours, {}, (sample) => sample.delayP99),
			value('delayP99'),
		),
		amount(value('ticksKept')),
		amount(value('mainThreadCpuPerJob'), 1),
		amount(
			figure(results, rival, { nextJob }, ({ mainThreadCpuPerJob }) =>
				mainThreadCpuPerJob === undefined || cost === undefined ? undefined : (mainThreadCpuPerJob * 100) / cost,
			),
			1,
		),
	];
}

function taskCount(rival: RivalName, quick: boolean): number {
	if (rival === 'child-process') return quick ? 200 : 2000;
	return quick ? 2000 : 10_000;
}
