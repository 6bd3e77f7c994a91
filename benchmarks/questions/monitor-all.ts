import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiledProgram } from '../lib/compile-c.js';
import { amount, ratio } from '../lib/format.js';
import { holdProcess } from '../lib/held-process.js';
import { mainThreadCpu } from '../lib/main-thread-cpu.js';
import { markdownTable } from '../lib/markdown-table.js';
import { median } from '../lib/statistics.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question, Result } from './question.js';

export type MonitorParams = { readonly processes: number; readonly heldMegabytes: number };
export type MonitorSample = {
	/** Milliseconds of one reading, with all values at hand. */
	readonly milliseconds: number;
	/** Milliseconds of the main thread's processor time in one reading. */
	readonly mainThread: number | undefined;
	readonly found: number;
	/** The same without taking out values, for a rival that does that only on demand. */
	readonly undecoded?: number;
	readonly undecodedMainThread?: number | undefined;
};
type Results = readonly Result<MonitorParams, MonitorSample>[];

const crowd = 'programs/crowd.c';
const contestants: readonly RivalName[] = [ours, 'systeminformation', 'pidusage', 'ps-list'];
const machineSizes = [100, 1000, 5000];
const patience = 8000;
const mostReadings = 10;
// systeminformation answers with what it has read before for half a second.
const pause = 550;

export const monitorAll: Question<MonitorParams, MonitorSample> = {
	asks: 'How long does it take to read all processes of the machine?',
	programs: [crowd],
	plan: (quick) =>
		machineSizes
			.slice(0, quick ? -1 : undefined)
			.flatMap((processes) => contestants.map((rival) => ({ rival, params: { processes, heldMegabytes: 0 } }))),
	measure: () => Promise.reject(new Error('Only rivals with an answer of their own are asked')),
	report: (results) => {
		const sizes = machineSizes.filter((size) => results.some(({ params }) => params.processes === size));
		const value = (rival: RivalName, processes: number, pick: (sample: MonitorSample) => number | undefined) =>
			figure(results, rival, { processes }, pick);
		const row = (name: string, rival: RivalName, wall: Pick, main: Pick) => [
			name,
			...sizes.flatMap((size) => [
				amount(value(rival, size, wall), 1),
				ratio(
					value(rival, size, wall),
					value(ours, size, (sample) => sample.milliseconds),
				),
				amount(value(rival, size, main), 1),
			]),
		];
		return [
			[
				'Milliseconds per reading, with every value of every process at hand, and of that the processor time of the main',
				'thread; `÷ ours` is how many times as long as ours. The values of a snapshot are taken out of it when they are asked',
				'for: the second row is a snapshot whose values nobody asks for. What a rival reads differs: pidusage knows no names,',
				'ps-list no memory in bytes.',
			].join('\n'),
			markdownTable(
				['rival', ...sizes.flatMap((size) => [`${size} processes`, '÷ ours', 'main thread'])],
				rivalsIn(results).flatMap((rival) => [
					row(
						label(rival),
						rival,
						(sample) => sample.milliseconds,
						(sample) => sample.mainThread,
					),
					...(rival === ours
						? [
								row(
									`${label(rival)}, snapshot only`,
									rival,
									(sample) => sample.undecoded,
									(sample) => sample.undecodedMainThread,
								),
							]
						: []),
				]),
			),
			foundNote(results),
		].join('\n\n');
	},
};

type Pick = (sample: MonitorSample) => number | undefined;

// The machine's other processes come and go.
const nearlyAll = 0.95;

// A rival that has missed processes has not done the same work.
function foundNote(results: Results): string {
	const short = results.filter(({ params, samples }) =>
		samples.some(({ found }) => found < params.processes * nearlyAll),
	);
	return short.length === 0
		? 'All have found all processes.'
		: `Processes were missed by: ${[...new Set(short.map(({ rival }) => label(rival)))].join(', ')}.`;
}

/** Fills the machine up to that many processes, and reads them all, several times. */
export async function readingsAmong(
	processes: number,
	read: () => Promise<number>,
): Promise<Part<MonitorSample, 'milliseconds' | 'mainThread' | 'found'>> {
	const others = await holdProcess(compiledProgram(crowd), [Math.max(0, processes - processCount())]);
	try {
		const walls: number[] = [];
		const mains: number[] = [];
		let found = 0;
		const readOnce = async () => {
			const [wall, main] = [performance.now(), mainThreadCpu()];
			found = await read();
			walls.push(performance.now() - wall);
			const after = mainThreadCpu();
			if (main !== undefined && after !== undefined) mains.push((after - main) / 1000);
		};
		const begun = performance.now();
		await readOnce();
		// The first reading loads what the rival needs; it counts only where there is no time for others.
		while (walls.length <= mostReadings && performance.now() - begun < patience) {
			await sleep(pause);
			await readOnce();
		}
		const rest = (values: number[]) => median(values.slice(values.length > 1 ? 1 : 0));
		return { milliseconds: rest(walls), mainThread: mains.length > 0 ? rest(mains) : undefined, found };
	} finally {
		await others.end();
	}
}

type Part<T, K extends keyof T> = { readonly [P in K]: T[P] };

export function processCount(): number {
	return processIds().length;
}

export function processIds(): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number);
}
