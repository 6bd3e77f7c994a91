import { readFileSync } from 'node:fs';
import { compiledProgram } from '../lib/compile-c.js';
import { absent, amount, difference } from '../lib/format.js';
import { holdProcess } from '../lib/held-process.js';
import { markdownTable } from '../lib/markdown-table.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question } from './question.js';

export type AccuracyParams = {
	readonly megabytes: number;
	readonly milliseconds: number;
	readonly heldMegabytes: number;
};
/** What a rival tells of a process. */
export interface ToldOfProcess {
	/** KB */
	readonly rss?: number | undefined;
	/** Milliseconds */
	readonly cpuTime?: number | undefined;
	/** Milliseconds since the epoch */
	readonly started?: number | undefined;
}
export type AccuracySample = {
	/** What is told minus what /proc says, or the process itself: KB, and milliseconds. */
	readonly rss: number | undefined;
	readonly cpuTime: number | undefined;
	readonly started: number | undefined;
};

const steady = 'programs/steady.c';
const contestants: readonly RivalName[] = [ours, 'systeminformation', 'pidusage', 'ps-list', 'ps'];
const scenarios = [
	{ megabytes: 0, milliseconds: 0 },
	{ megabytes: 50, milliseconds: 234 },
];

export const monitorAccuracy: Question<AccuracyParams, AccuracySample> = {
	asks: 'Is what is told of a process true?',
	programs: [steady],
	plan: () =>
		scenarios.flatMap((scenario) => contestants.map((rival) => ({ rival, params: { ...scenario, heldMegabytes: 0 } }))),
	measure: () => Promise.reject(new Error('Only rivals with an answer of their own are asked')),
	report: (results) => {
		const header = scenarios.flatMap(({ megabytes, milliseconds }) => [
			`${megabytes} MB, ${milliseconds} ms: RSS`,
			'cpu time',
			'start',
		]);
		const rows = rivalsIn(results).map((rival) => [
			label(rival),
			...scenarios.flatMap((scenario) => {
				const value = (key: keyof AccuracySample) => figure(results, rival, scenario, (sample) => sample[key]);
				const shown = (key: 'cpuTime' | 'started') => {
					const spread = value(key);
					return spread === undefined ? absent : amount(spread, 1);
				};
				return [difference(value('rss')), shown('cpuTime'), shown('started')];
			}),
		]);
		return [
			[
				'What is told of a process that stands still, *minus* the truth. RSS in KB: the truth is `VmRSS` of /proc, read right',
				'before. Processor time in milliseconds: the truth is the nanosecond account of the scheduler (`schedstat`). Start in',
				'milliseconds: the truth is the clock as the process itself read it first; a program is executed a little after its',
				'process was started.',
			].join('\n'),
			markdownTable(['told by', ...header], rows),
		].join('\n\n');
	},
};

export async function compareWithTruth(
	{ megabytes, milliseconds }: AccuracyParams,
	ask: (pid: number) => Promise<ToldOfProcess>,
): Promise<AccuracySample> {
	const process = await holdProcess(compiledProgram(steady), [megabytes, milliseconds]);
	try {
		const rss = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1]);
		const told = await ask(process.pid);
		const [nanoseconds] = readFileSync(`/proc/${process.pid}/schedstat`, 'utf8').split(' ');
		const minus = (value: number | undefined, truth: number) => (value === undefined ? undefined : value - truth);
		return {
			rss: minus(told.rss, rss),
			cpuTime: minus(told.cpuTime, Number(nanoseconds) / 1e6),
			started: minus(told.started, Number(process.said)),
		};
	} finally {
		await process.end();
	}
}
