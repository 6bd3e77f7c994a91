import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { percentile } from '../lib/statistics.js';
import type { Launcher } from '../rivals/launcher.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question } from './question.js';

export type LatencyParams = { readonly launches: number; readonly warmUp: number; readonly heldMegabytes: number };
export type LatencySample = Readonly<Record<'startedP50' | 'startedP99' | 'exitedP50' | 'exitedP99', number>>;

const contestants: readonly RivalName[] = [ours, 'posix-spawn', 'child-process', 'execa', 'bun'];

export const launchLatency: Question<LatencyParams, LatencySample> = {
	asks: 'How long does one launch of /bin/true take, until the job runs and until its exit is known?',
	programs: [],
	plan: (quick) =>
		contestants.map((rival) => ({
			rival,
			params: { launches: quick ? 100 : 500, warmUp: quick ? 50 : 100, heldMegabytes: 0 },
		})),
	measure: async (launcher, { launches, warmUp }) => {
		const times: number[][] = [];
		for (let i = 0; i < warmUp + launches; i++) times.push(await launchOnce(launcher));
		return latencySample(times.slice(warmUp));
	},
	report: (results) => {
		const value = (rival: RivalName, key: keyof LatencySample) => figure(results, rival, {}, (sample) => sample[key]);
		return [
			'Microseconds, one job after the other. "ours ÷" compares the medians (p50).',
			markdownTable(
				['rival', 'runs, p50', 'runs, p99', 'exit known, p50', 'exit known, p99', 'ours ÷ runs', 'ours ÷ exit known'],
				rivalsIn(results).map((rival) => [
					label(rival),
					amount(value(rival, 'startedP50')),
					amount(value(rival, 'startedP99')),
					amount(value(rival, 'exitedP50')),
					amount(value(rival, 'exitedP99')),
					ratio(value(ours, 'startedP50'), value(rival, 'startedP50')),
					ratio(value(ours, 'exitedP50'), value(rival, 'exitedP50')),
				]),
			),
		].join('\n\n');
	},
};

/** Of pairs: microseconds until the job ran, microseconds until its exit was known. */
export function latencySample(times: readonly (readonly number[])[]): LatencySample {
	const started = times.map(([time]) => time ?? Number.NaN);
	const exited = times.map(([, time]) => time ?? Number.NaN);
	return {
		startedP50: percentile(started, 50),
		startedP99: percentile(started, 99),
		exitedP50: percentile(exited, 50),
		exitedP99: percentile(exited, 99),
	};
}

async function launchOnce(launcher: Launcher): Promise<[started: number, exited: number]> {
	const submitted = performance.now();
	const job = await launcher.start('/bin/true', []);
	const started = performance.now();
	await job.exited();
	const exited = performance.now();
	await job.forget();
	return [(started - submitted) * 1000, (exited - submitted) * 1000];
}
