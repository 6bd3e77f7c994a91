import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import type { Launcher } from '../rivals/launcher.js';
import { forkingRivals, ours, type RivalName } from '../rivals/rivals.js';
import { arrayRate } from './array-rate.js';
import { figure } from './figures.js';
import type { Question, Result } from './question.js';
import { heldMemoryTable, large, small, type ThroughputParams, type ThroughputSample } from './throughput-tables.js';

export type HeapParams = ThroughputParams & { readonly mainThread: MainThread; readonly blockMilliseconds: number };
type MainThread = 'free' | keyof typeof blocks;
type Results = readonly Result<HeapParams, ThroughputSample>[];

const contestants: readonly RivalName[] = [ours, 'child-process', 'bun'];
// A loop that computes takes a core from the tasks; one that sleeps shows what it is that the tasks need of JavaScript.
const blocks = {
	asleep: (milliseconds: number) => {
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
	},
	computing: (milliseconds: number) => {
		const end = performance.now() + milliseconds;
		while (performance.now() < end);
	},
};
// Far more tasks than can start meanwhile.
const blocked = { blockMilliseconds: 2000, jobs: 50_000 };
const blockedScenarios = [small, large].flatMap((scenario) =>
	(Object.keys(blocks) as (keyof typeof blocks)[]).map((mainThread) => ({ ...scenario, mainThread })),
);

export const arrayLargeHeap: Question<HeapParams, ThroughputSample> = {
	asks: 'Do the tasks of an array start at the same rate while Node holds much memory, and while JavaScript is busy?',
	programs: [],
	plan: (quick) => {
		const free = [small, large].flatMap((scenario) =>
			contestants.map((rival) => ({
				rival,
				params: {
					...scenario,
					mainThread: 'free' as const,
					blockMilliseconds: 0,
					jobs: taskCount(rival, scenario.heldMegabytes, quick),
				},
			})),
		);
		return [...free, ...blockedScenarios.map((scenario) => ({ rival: ours, params: { ...scenario, ...blocked } }))];
	},
	measure: async (launcher, { concurrency, jobs, mainThread, blockMilliseconds }) => ({
		jobsPerSecond:
			mainThread === 'free'
				? await arrayRate(launcher, concurrency, jobs)
				: await rateDuring(() => blocks[mainThread](blockMilliseconds), launcher, concurrency, jobs),
	}),
	report: (results) =>
		[
			'/bin/true, tasks per second, 4 at once.',
			heldMemoryTable(results.filter(({ params }) => params.mainThread === 'free')),
			[
				'The same array, and the main thread is blocked right after its submission: tasks that started *during* the block, per',
				'second. Asleep it leaves the cores to the tasks; computing it takes one of them.',
			].join('\n'),
			blockedTable(results),
		].join('\n\n'),
};

async function rateDuring(block: () => void, launcher: Launcher, maxParallel: number, tasks: number): Promise<number> {
	const array = await launcher.submitArray?.({ command: '/bin/true', tasks, maxParallel });
	if (array === undefined) throw new Error('Only an array goes on while JavaScript is busy');
	const begun = Date.now();
	block();
	const end = Date.now();
	await array.terminate();
	await array.ended();
	const times = await array.startTimes();
	if (times.length === tasks) throw new Error('All tasks had started before the block ended');
	return (times.filter((time) => time >= begun && time < end).length / (end - begun)) * 1000;
}

function taskCount(rival: RivalName, heldMegabytes: number, quick: boolean): number {
	if (!forkingRivals.has(rival)) return quick ? 1000 : 10_000;
	if (heldMegabytes > 0) return quick ? 20 : 100;
	return quick ? 150 : 1000;
}

function blockedTable(results: Results): string {
	const rate = (scenario: Partial<HeapParams>) => figure(results, ours, scenario, (sample) => sample.jobsPerSecond);
	return markdownTable(
		['main thread', 'held', 'tasks per second during the block', '÷ free, small heap'],
		blockedScenarios.map((scenario) => [
			scenario.mainThread,
			scenario.heldMegabytes === 0 ? 'nothing' : `${scenario.heldMegabytes} MB`,
			amount(rate(scenario)),
			ratio(rate(scenario), rate({ ...small, mainThread: 'free' })),
		]),
	);
}
