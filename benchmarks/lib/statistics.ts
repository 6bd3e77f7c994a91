export interface Spread {
	readonly median: number;
	readonly min: number;
	readonly max: number;
}

export function spread(values: readonly number[]): Spread {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

export function median(values: readonly number[]): number {
	const sorted = ascending(values);
	const middle = sorted.length / 2;
	return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2;
}

// Nearest rank: always a value that was really measured.
export function percentile(values: readonly number[], percent: number): number {
	return at(ascending(values), Math.max(0, Math.ceil((percent / 100) * values.length) - 1));
}

function ascending(values: readonly number[]): number[] {
	return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], index: number): number {
	const value = values[index];
	if (value === undefined) throw new RangeError('No statistics of an empty list.');
	return value;
}
