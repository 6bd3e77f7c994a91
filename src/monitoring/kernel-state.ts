import { JobState } from '../drmaa2/index.js';

/**
 * The states of a process as the kernel shows them (proc_pid_stat(5)), by their letters: as a job state, and by the name
 * that /proc/PID/status gives them. Letters that are not in here are of kernels before 3.14 or after today's.
 */
const STATES: Readonly<Record<string, readonly [JobState, string]>> = {
	R: [JobState.Running, 'running'],
	S: [JobState.Running, 'sleeping'],
	D: [JobState.Running, 'disk sleep'],
	I: [JobState.Running, 'idle'],
	P: [JobState.Running, 'parked'],
	W: [JobState.Running, 'paging'],
	K: [JobState.Running, 'wakekill'],
	T: [JobState.Suspended, 'stopped'],
	t: [JobState.Suspended, 'tracing stop'],
	// The first thread of the process has ended, others go on.
	Z: [JobState.Running, 'first thread ended'],
};

/** The job state of a process that has not ended. */
export function jobStateOf(letter: string): JobState {
	return STATES[letter]?.[0] ?? JobState.Undetermined;
}

/** What it is doing: `sleeping`, `stopped`. */
export function subStateOf(letter: string): string {
	return STATES[letter]?.[1] ?? letter;
}
