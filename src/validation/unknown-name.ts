import { closest, distance } from 'fastest-levenshtein';
import { Drmaa2Error } from '../drmaa2/index.js';

/** Longer names are no slips of the pen, and the edit distance takes quadratic time. */
const LONGEST_TYPO = 40;

/** The error for a name that does not exist, with the nearest that does. `what` is "attribute" or "option". */
export function unknownName(what: string, name: string, known: readonly string[]): Drmaa2Error {
	const suggestion = name.length <= LONGEST_TYPO ? closest(name, known) : undefined;
	const advice =
		suggestion !== undefined && distance(name, suggestion) <= name.length / 3
			? `did you mean "${suggestion}"?`
			: `remove it; there are ${known.join(', ')}`;
	return new Drmaa2Error('InvalidArgument', `unknown ${what} ${JSON.stringify(name)}; ${advice}`, { attribute: name });
}
