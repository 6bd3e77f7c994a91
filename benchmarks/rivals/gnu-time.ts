import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdMemory } from '../lib/held-memory.js';
import { runProgram } from '../lib/run-program.js';
import type { Launcher, Usage } from './launcher.js';
import { reportingParent } from './reporting-parent.js';

export const gnuTime = '/usr/bin/time';

// The usual way around what Node does not report: one more process per job, and hundredths of a second.
export async function open(heldMegabytes: number): Promise<Launcher> {
	holdMemory(heldMegabytes);
	return reportingParent(timed);
}

async function timed(command: string, args: readonly string[]): Promise<Usage> {
	const file = join(tmpdir(), `benchmark-time-${process.pid}`);
	try {
		await runProgram(gnuTime, ['-v', '-o', file, command, ...args], { timeout: 60_000 });
		const report = await readFile(file, 'utf8');
		return {
			maxRSS: field(report, 'Maximum resident set size (kbytes)'),
			userCPUTime: field(report, 'User time (seconds)') * 1e6,
			systemCPUTime: field(report, 'System time (seconds)') * 1e6,
		};
	} finally {
		await rm(file, { force: true });
	}
}

function field(report: string, name: string): number {
	const line = report.split('\n').find((text) => text.trim().startsWith(name));
	const value = Number(line?.split(': ')[1]);
	if (Number.isNaN(value)) throw new Error(`${gnuTime} printed no "${name}"`);
	return value;
}
