import psList from 'ps-list';
import { compareWithTruth } from '../questions/monitor-accuracy.js';
import { readingsAmong } from '../questions/monitor-all.js';
import { launchesNothing } from './launches-nothing.js';
import type { Answers } from './rival.js';

export const open = launchesNothing('ps-list');

export const answers: Answers = {
	'monitor-all': (params) => readingsAmong(params.processes, async () => (await psList()).length),
	'monitor-accuracy': (params) =>
		compareWithTruth(params, async (pid) => {
			const found = (await psList()).find((process) => process.pid === pid);
			if (found === undefined) throw new Error('ps-list has not found the process');
			return { started: found.startTime?.getTime() };
		}),
};
