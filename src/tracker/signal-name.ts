import { constants } from 'node:os';

/** The name of a signal number on Linux, such as `SIGKILL`, `SIGRTMIN+3` (signal(7)), or `SIG32` for a nameless one. */
export function signalName(signal: number): string {
	const name = NAMES.get(signal);
	if (name !== undefined) {
		return name;
	}
	return signal >= FIRST_REALTIME && signal <= LAST_REALTIME ? realtimeName(signal) : `SIG${signal}`;
}

/** Second names of signals that have one. */
const ALIASES: ReadonlySet<string> = new Set(['SIGIOT', 'SIGPOLL', 'SIGUNUSED']);

const NAMES: ReadonlyMap<number, string> = new Map(
	Object.entries(constants.signals)
		.filter(([name]) => !ALIASES.has(name))
		.map(([name, number]) => [number, name]),
);

/** The C library keeps 32 and 33 for itself. */
const FIRST_REALTIME = 34;
const LAST_REALTIME = 64;

function realtimeName(signal: number): string {
	return signal === FIRST_REALTIME ? 'SIGRTMIN' : `SIGRTMIN+${signal - FIRST_REALTIME}`;
}
