import { runProgram } from '../lib/run-program.js';
import type { Launcher, Usage } from './launcher.js';

// For a program that runs one job and says at its end what the job used; its start cannot be seen from outside.
export function reportingParent(run: (command: string, args: readonly string[]) => Promise<Usage>): Launcher {
	return {
		start: async (command, args) => {
			const usage = run(command, args);
			return {
				exited: async () => {
					await usage;
				},
				usage: () => usage,
				forget: async () => {},
			};
		},
		close: async () => {},
	};
}

/** Runs a program that prints "<peak KB> <user microseconds> <system microseconds>". */
export async function usagePrintedBy(program: string, args: readonly string[]): Promise<Usage> {
	const [maxRSS, userCPUTime, systemCPUTime] = (await runProgram(program, args, { timeout: 60_000 }))
		.split(' ')
		.map(Number);
	if (maxRSS === undefined || userCPUTime === undefined || systemCPUTime === undefined) {
		throw new Error(`${program} printed no usage`);
	}
	return { maxRSS, userCPUTime, systemCPUTime };
}
