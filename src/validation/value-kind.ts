import { inspect } from 'node:util';

/** The kind of a value with its article, for messages: `null`, `a number`, `an array`. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) {
		return String(value);
	}
	if (Array.isArray(value)) {
		return 'an array';
	}
	if (value instanceof Date) {
		return 'a Date';
	}
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Any value, short enough for a message. */
export function shown(value: unknown): string {
	return inspect(value, { depth: 0, maxArrayLength: 3, maxStringLength: 80, breakLength: Number.POSITIVE_INFINITY });
}

/**
 * An object literal, an object without prototype, or the `Object.prototype` of another realm. Class instances, maps and
 * objects with inherited members are not: their contents would not be what `Object.keys` shows.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null) {
		return false;
	}
	const prototype: unknown = Object.getPrototypeOf(value);
	return (
		prototype === null ||
		prototype === Object.prototype ||
		(Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf'))
	);
}
