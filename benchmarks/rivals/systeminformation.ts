import { processes, type Systeminformation } from 'systeminformation';
import { compareWithTruth } from '../questions/monitor-accuracy.js';
import { readingsAmong } from '../questions/monitor-all.js';
import { launchesNothing } from './launches-nothing.js';
import type { Answers } from './rival.js';

export const open = launchesNothing('systeminformation');

export const answers: Answers = {
	'monitor-all': (params) => readingsAmong(params.processes, async () => (await processes()).list.length),
	'monitor-accuracy': (params) =>
		compareWithTruth(params, async (pid) => {
			const found = (await processes()).list.find((process) => process.pid === pid);
			if (found === undefined) throw new Error('systeminformation has not found the process');
			return { rss: found.memRss, started: startOf(found) };
		}),
};

// "2026-11-27 19:01:39", in local time.
function startOf({ started }: Systeminformation.ProcessesProcessData): number | undefined {
	const time = Date.parse(started.replace(' ', 'T'));
	return Number.isNaN(time) ? undefined : time;
}
