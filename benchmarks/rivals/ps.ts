import { runProgram } from '../lib/run-program.js';
import { compareWithTruth } from '../questions/monitor-accuracy.js';
import { launchesNothing } from './launches-nothing.js';
import type { Answers } from './rival.js';

export const open = launchesNothing('ps');

export const answers: Answers = {
	'monitor-accuracy': (params) =>
		compareWithTruth(params, async (pid) => {
			const args = ['-p', String(pid), '-o', 'rss=,cputimes=,lstart='];
			const text = await runProgram('ps', args, { timeout: 10_000, environment: { LC_ALL: 'C' } });
			const [rss, seconds, ...start] = text.trim().split(/\s+/);
			return { rss: Number(rss), cpuTime: Number(seconds) * 1000, started: Date.parse(start.join(' ')) };
		}),
};
