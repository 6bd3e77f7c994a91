import type { Spread } from './statistics.js';

export const absent = 'n/a';

export function amount(value: Spread | undefined, digits = 0): string {
	return show(value, (number) => decimal(number, digits));
}

export function difference(value: Spread | undefined): string {
	return show(value, (number) => `${Math.round(number) > 0 ? '+' : ''}${decimal(number, 0)}`);
}

export function ratio(numerator: Spread | undefined, denominator: Spread | undefined): string {
	if (numerator === undefined || denominator === undefined || denominator.median === 0) return absent;
	return decimal(numerator.median / denominator.median, 2);
}

function show(value: Spread | undefined, print: (number: number) => string): string {
	if (value === undefined) return absent;
	// A spread that nobody would act on only makes the tables too wide to read; the JSON has it.
	if (value.max - value.min <= Math.abs(value.median) / 100) return print(value.median);
	const [low, high] = [print(value.min), print(value.max)];
	return low === high ? low : `${print(value.median)} (${low} … ${high})`;
}

function decimal(value: number, digits: number): string {
	const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return text === '-0' ? '0' : text;
}
