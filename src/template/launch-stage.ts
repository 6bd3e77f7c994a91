/**
 * The steps between a launch request and a running program, in their order. A failed launch names one of them.
 *
 * - `launcher`: the helper program could not be started, or died with the request in its hands
 * - `request`: the helper program could not take the request
 * - `clone`: the new process could not be made
 * - `cancelled`: the job was terminated before its program was executed
 * - `setpgid`: the process group could not be made
 * - `chdir`: the working directory could not be entered
 * - `stdin`, `stdout`, `stderr`: the stream could not be opened
 * - `inputIsOutput`: input and output are the same file
 * - `exec`: the program could not be executed
 */
export const LAUNCH_STAGES = [
	'launcher',
	'request',
	'clone',
	'cancelled',
	'setpgid',
	'chdir',
	'stdin',
	'stdout',
	'stderr',
	'inputIsOutput',
	'exec',
] as const;

/** A step between a launch request and a running program. */
export type LaunchStage = (typeof LAUNCH_STAGES)[number];

/** Where a launch failed, and with which error: `errno` is the symbolic name, such as `ENOENT`. */
export interface LaunchFailure {
	readonly stage: LaunchStage;
	readonly errno: string;
}

/** The sub-state of a job that could not be launched: `launch:exec:ENOENT`. */
export function launchSubState(stage: LaunchStage, errno: string): string {
	return `launch:${stage}:${errno}`;
}
