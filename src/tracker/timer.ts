/** setTimeout counts in 31 bits, and fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls `onEnd` after `timeout` milliseconds, unless it is disposed of before. Absent or `Infinity`: never. */
export function startTimer(timeout: number | undefined, onEnd: () => void): Disposable {
	let timer: NodeJS.Timeout | undefined;
	const run = (left: number) => {
		const step = Math.min(left, LONGEST_TIMER_MS);
		timer = setTimeout(() => (left > step ? run(left - step) : onEnd()), step);
	};
	if (timeout !== undefined && timeout !== Number.POSITIVE_INFINITY) {
		run(timeout);
	}
	return { [Symbol.dispose]: () => clearTimeout(timer) };
}
