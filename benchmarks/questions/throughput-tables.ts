import { amount, ratio } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Result } from './question.js';

export type ThroughputParams = { readonly concurrency: number; readonly heldMegabytes: number; readonly jobs: number };
export type ThroughputSample = { readonly jobsPerSecond: number };
type Results = readonly Result<ThroughputParams, ThroughputSample>[];

export const small = { concurrency: 4, heldMegabytes: 0 };
export const large = { concurrency: 4, heldMegabytes: 1024 };

export function concurrencyTable(results: Results, concurrencies: readonly number[]): string {
	const rate = (rival: RivalName, concurrency: number) =>
		figure(results, rival, { concurrency, heldMegabytes: 0 }, (sample) => sample.jobsPerSecond);
	return markdownTable(
		['rival', ...concurrencies.flatMap((count) => [`${count} at once`, 'ours ÷'])],
		rivalsIn(results).map((rival) => [
			label(rival),
			...concurrencies.flatMap((count) => [amount(rate(rival, count)), ratio(rate(ours, count), rate(rival, count))]),
		]),
	);
}

export function heldMemoryTable(results: Results): string {
	const rate = (rival: RivalName, scenario: Partial<ThroughputParams>) =>
		figure(results, rival, scenario, (sample) => sample.jobsPerSecond);
	return markdownTable(
		['rival', 'small heap', '1 GiB held', 'large ÷ small', 'ours ÷ (1 GiB held)'],
		rivalsIn(results.filter(({ params }) => params.heldMegabytes > 0)).map((rival) => [
			label(rival),
			amount(rate(rival, small)),
			amount(rate(rival, large)),
			ratio(rate(rival, large), rate(rival, small)),
			ratio(rate(ours, large), rate(rival, large)),
		]),
	);
}
