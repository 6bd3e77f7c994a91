import { Drmaa2Error } from '../drmaa2/index.js';
import type { WaitOptions } from './job-tracker.js';
import { startTimer } from './timer.js';
import { withResolvers } from './with-resolvers.js';

interface Waiter<State> {
	readonly states: ReadonlySet<State>;
	resolve(state: State): void;
	reject(reason: unknown): void;
}

/** Those who wait for a state of one job, or of one array. */
export class WaiterList<State> {
	readonly #waiters = new Set<Waiter<State>>();

	/**
	 * Waits until one of `states` is announced. When the promise settles, for whatever reason, no timer and no listener of
	 * it is left.
	 */
	async wait(states: ReadonlySet<State>, what: string, { timeout, signal }: WaitOptions): Promise<State> {
		const { promise, ...settle } = withResolvers<State>();
		const waiter: Waiter<State> = { states, ...settle };
		const abort = () => waiter.reject(signal?.reason);
		using _timer = startTimer(timeout, () =>
			waiter.reject(new Drmaa2Error('Timeout', `${what} within ${timeout} ms: wait longer or look at its state`)),
		);
		this.#waiters.add(waiter);
		signal?.addEventListener('abort', abort, { once: true });
		try {
			return await promise;
		} finally {
			this.#waiters.delete(waiter);
			signal?.removeEventListener('abort', abort);
		}
	}

	/** Wakes all whose states include this one. When it is final, the others are rejected with `refusal`. */
	announce(state: State, refusal?: () => Drmaa2Error): void {
		for (const waiter of this.#waiters) {
			if (waiter.states.has(state)) {
				waiter.resolve(state);
			} else if (refusal !== undefined) {
				waiter.reject(refusal());
			}
		}
	}

	rejectAll(reason: () => Drmaa2Error): void {
		for (const waiter of this.#waiters) {
			waiter.reject(reason());
		}
	}
}
