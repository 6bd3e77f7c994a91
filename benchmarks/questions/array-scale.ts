import { setTimeout as sleep } from 'node:timers/promises';
import { compiledProgram } from '../lib/compile-c.js';
import { amount, difference, ratio } from '../lib/format.js';
import { type KeptMemory, keptMemory } from '../lib/kept-memory.js';
import { markdownTable } from '../lib/markdown-table.js';
import { median } from '../lib/statistics.js';
import type { ArrayRequest, Launcher, SubmittedArray } from '../rivals/launcher.js';
import { ours } from '../rivals/rivals.js';
import { figure } from './figures.js';
import type { Params, Question, Result } from './question.js';

export type ScaleParams = Params & { readonly tasks: number; readonly fate: 'held' | 'run' };
/** Of what is held: `submit`, `heap`, `resident`. Of what runs: `rate3`, `heap3`, `resident3` for the third tenth. */
export type ScaleSample = Readonly<Record<string, number>>;
type Results = readonly Result<ScaleParams, ScaleSample>[];

const nothing = 'programs/nothing.c';
const heldCounts = [1000, 10_000, 100_000, 1_000_000];
const tenths = Array.from({ length: 10 }, (_, index) => index + 1);

export const arrayScale: Question<ScaleParams, ScaleSample> = {
	asks: 'What do the tasks of an array cost while they wait and once they have ended, and does their number matter?',
	programs: [],
	barePrograms: [nothing],
	plan: (quick) => [
		...heldCounts.map((tasks) => ({ rival: ours, params: { tasks, fate: 'held' as const, heldMegabytes: 0 } })),
		{ rival: ours, params: { tasks: quick ? 10_000 : 100_000, fate: 'run', heldMegabytes: 0 } },
	],
	measure: async (launcher, { tasks, fate }) => {
		// The first ones pay for what is made once.
		for (let i = 0; i < 20; i++) await endHeld(await submit(launcher, { tasks: 1, held: true }));
		await (await submit(launcher, { tasks: 50 })).ended();
		return fate === 'held' ? holdTasks(launcher, tasks) : runTenths(launcher, tasks);
	},
	report: (results) =>
		[
			[
				'Tasks that wait, submitted held. Growth of the memory of the process in bytes, once garbage is collected: of JavaScript',
				'(its heap and buffers), and resident as a whole. What is small is noise; what grows with the number of tasks is theirs.',
			].join('\n'),
			heldTable(results),
			[
				'Tasks that run through, 4 at once, each a program that only exits: tasks per second and what the process gained in',
				'memory within each tenth, and what JavaScript keeps in all per task that has ended. These are flat when nothing depends',
				'on how many there were before.',
			].join('\n'),
			runTable(results),
		].join('\n\n'),
};

async function holdTasks(launcher: Launcher, tasks: number): Promise<ScaleSample> {
	const before = await settledMemory();
	const { array, time } = await submitHeld(launcher, tasks);
	const after = await settledMemory();
	await endHeld(array);
	const times = [time];
	while (times.length < 9) {
		const again = await submitHeld(launcher, tasks);
		await endHeld(again.array);
		times.push(again.time);
	}
	return { submit: median(times), heap: after.heap - before.heap, resident: after.resident - before.resident };
}

// The engine takes the array in on a thread of its own, and V8 gives buffers back on another.
async function settledMemory(): Promise<KeptMemory> {
	keptMemory();
	await sleep(100);
	return keptMemory();
}

async function runTenths(launcher: Launcher, tasks: number): Promise<ScaleSample> {
	const sample: Record<string, number> = {};
	const before = keptMemory();
	sample['resident0'] = before.resident;
	let last = performance.now();
	const array = await submit(launcher, { tasks });
	for (const tenth of tenths) {
		await array.taskEnded((tasks * tenth) / tenths.length);
		sample[`rate${tenth}`] = (tasks / tenths.length / (performance.now() - last)) * 1000;
		last = performance.now();
		const { heap, resident } = keptMemory();
		sample[`heap${tenth}`] = heap - before.heap;
		sample[`resident${tenth}`] = resident;
	}
	await array.ended();
	await array.cpuTimes();
	return sample;
}

/** With the microseconds that it took. */
async function submitHeld(launcher: Launcher, tasks: number): Promise<{ array: SubmittedArray; time: number }> {
	const begun = performance.now();
	const array = await submit(launcher, { tasks, held: true });
	return { array, time: (performance.now() - begun) * 1000 };
}

async function submit(
	launcher: Launcher,
	request: Pick<ArrayRequest, 'tasks'> & { held?: boolean },
): Promise<SubmittedArray> {
	const array = await launcher.submitArray?.({ ...request, command: compiledProgram(nothing), maxParallel: 4 });
	if (array === undefined) throw new Error('There is no array to measure');
	return array;
}

async function endHeld(array: SubmittedArray): Promise<void> {
	await array.terminate();
	await array.ended();
}

function heldTable(results: Results): string {
	const value = (tasks: number, key: string, per = 1) =>
		figure(results, ours, { tasks, fate: 'held' }, (sample) => (sample[key] ?? Number.NaN) / per);
	const [smallest = 0] = heldCounts;
	return markdownTable(
		[
			'tasks',
			'submission, µs',
			`÷ ${count(smallest)} tasks`,
			'JavaScript, bytes',
			'per task',
			'resident, bytes',
			'per task',
		],
		heldCounts.map((tasks) => [
			count(tasks),
			amount(value(tasks, 'submit')),
			ratio(value(tasks, 'submit'), value(smallest, 'submit')),
			difference(value(tasks, 'heap')),
			amount(value(tasks, 'heap', tasks), 2),
			difference(value(tasks, 'resident')),
			amount(value(tasks, 'resident', tasks), 2),
		]),
	);
}

function runTable(results: Results): string {
	const ran = results.filter(({ params }) => params.fate === 'run');
	const tasks = ran[0]?.params.tasks ?? 0;
	const value = (pick: (at: (key: string) => number) => number) =>
		figure(ran, ours, {}, (sample) => pick((key) => sample[key] ?? Number.NaN));
	return markdownTable(
		[
			'tasks ended',
			'tasks per second',
			'÷ first tenth',
			'resident, MB',
			'gained, bytes per task',
			'JavaScript, bytes per ended task',
		],
		tenths.map((tenth) => {
			const ended = (tasks * tenth) / tenths.length;
			const rate = value((at) => at(`rate${tenth}`));
			return [
				count(ended),
				amount(rate),
				ratio(
					rate,
					value((at) => at('rate1')),
				),
				amount(
					value((at) => at(`resident${tenth}`) / 1e6),
					1,
				),
				amount(value((at) => (at(`resident${tenth}`) - at(`resident${tenth - 1}`)) / (tasks / tenths.length))),
				amount(value((at) => at(`heap${tenth}`) / ended)),
			];
		}),
	);
}

function count(tasks: number): string {
	return tasks.toLocaleString('en-US');
}
