import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 20_000;

/** Waits until the condition gives something truthy, and gives that. */
export async function waitUntil<T>(condition: () => T | Promise<T>, what = String(condition)): Promise<NonNullable<T>> {
	const deadline = performance.now() + DEADLINE_MS;
	for (;;) {
		const value = await condition();
		if (value) {
			return value;
		}
		if (performance.now() > deadline) {
			throw new Error(`did not come true within ${DEADLINE_MS} ms: ${what}`);
		}
		await pause(3);
	}
}

/** The promise's result, or an error when it has not settled within the deadline. */
export async function soon<T>(promise: Promise<T>, what: string, deadline = DEADLINE_MS): Promise<T> {
	const { signal, abort } = stop();
	try {
		return await Promise.race([
			promise,
			pause(deadline, undefined, { signal }).then((): never => {
				throw new Error(`did not settle within ${deadline} ms: ${what}`);
			}),
		]);
	} finally {
		abort();
	}
}

function stop() {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}
