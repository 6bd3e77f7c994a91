import { type Spread, spread } from '../lib/statistics.js';
import { type RivalName, rivals } from '../rivals/rivals.js';
import type { Params, Result, Sample } from './question.js';

/** Over the rounds; `undefined` when that was not measured or is not reported by the rival. */
export function figure<P extends Params, S extends Sample>(
	results: readonly Result<P, S>[],
	rival: RivalName,
	scenario: Partial<P>,
	pick: (sample: S) => number | undefined,
): Spread | undefined {
	const values = results
		.filter((result) => result.rival === rival && matches(result.params, scenario))
		.flatMap((result) => result.samples)
		.map(pick)
		.filter((value) => value !== undefined);
	return values.length === 0 ? undefined : spread(values);
}

/** In the order in which all tables show them. */
export function rivalsIn(results: readonly Result[]): RivalName[] {
	const measured = new Set(results.filter(({ samples }) => samples.length > 0).map(({ rival }) => rival));
	return rivals.map(({ name }) => name).filter((name) => measured.has(name));
}

export function label(rival: RivalName): string {
	return rivals.find(({ name }) => name === rival)?.label ?? rival;
}

function matches<P extends Params>(params: P, scenario: Partial<P>): boolean {
	return Object.entries(scenario).every(([key, value]) => params[key] === value);
}
