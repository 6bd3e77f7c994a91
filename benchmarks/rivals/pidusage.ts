import { createRequire } from 'node:module';
import { compareWithTruth } from '../questions/monitor-accuracy.js';
import { processIds, readingsAmong } from '../questions/monitor-all.js';
import { launchesNothing } from './launches-nothing.js';
import type { Answers } from './rival.js';

interface Status {
	/** Bytes */
	readonly memory: number;
	/** Milliseconds */
	readonly ctime: number;
	/** Milliseconds since its start */
	readonly elapsed: number;
	/** Milliseconds since the epoch */
	readonly timestamp: number;
}

// It has no types of its own.
const pidusage: (pids: readonly number[]) => Promise<Readonly<Record<string, Status | undefined>>> = createRequire(
	import.meta.url,
)('pidusage');

export const open = launchesNothing('pidusage');

export const answers: Answers = {
	// It has to be told the ids.
	'monitor-all': (params) =>
		readingsAmong(params.processes, async () => Object.values(await pidusage(processIds())).filter(Boolean).length),
	'monitor-accuracy': (params) =>
		compareWithTruth(params, async (pid) => {
			const found = (await pidusage([pid]))[pid];
			if (found === undefined) throw new Error('pidusage has not found the process');
			return { rss: found.memory / 1024, cpuTime: found.ctime, started: found.timestamp - found.elapsed };
		}),
};
