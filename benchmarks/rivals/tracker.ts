import { ProcessTracker } from '../../src/index.js';
import { holdMemory } from '../lib/held-memory.js';
import type { ArrayRequest, Launcher, SubmittedArray } from './launcher.js';

// Memory is held before the tracker opens: whatever it starts of its own then has a large parent too.
export async function open(heldMegabytes: number): Promise<Launcher> {
	holdMemory(heldMegabytes);
	const tracker = await ProcessTracker.open(`benchmark-${process.pid}`);
	return {
		start: async (remoteCommand, args) => {
			const id = await tracker.addJob({ remoteCommand, args: [...args] });
			return {
				exited: async () => {
					const state = await tracker.wait(id, ['Done', 'Failed']);
					if (state !== 'Done') throw new Error(`${remoteCommand} ended as ${state}`);
				},
				usage: async () => {
					const { resourceUsage } = await tracker.jobInfo(id);
					if (resourceUsage === undefined) throw new Error(`Job ${id} has no resource usage`);
					return resourceUsage;
				},
				forget: () => tracker.deleteJob(id),
			};
		},
		submitArray: (request) => submitArray(tracker, request),
		close: () => tracker.close(),
	};
}

async function submitArray(
	tracker: ProcessTracker,
	{ command, tasks, maxParallel, held }: ArrayRequest,
): Promise<SubmittedArray> {
	const id = await tracker.addArrayJob(
		{ remoteCommand: command, submitAsHold: held ?? false },
		{ begin: 1, end: tasks, maxParallel },
	);
	return {
		ended: () => tracker.waitArray(id),
		taskEnded: async (task) => {
			await tracker.wait(`${id}.${task}`, ['Done', 'Failed']);
		},
		cpuTimes: async () => {
			const { states, usage } = await tracker.arrayInfo(id);
			if (states.Done !== tasks || usage?.taskCount !== tasks) {
				throw new Error(
					`Of ${tasks} tasks ${states.Done} are Done, and the usage of ${usage?.taskCount ?? 0} is known`,
				);
			}
			return { userCPUTime: usage.userCPUTime.sum, systemCPUTime: usage.systemCPUTime.sum };
		},
		startTimes: async () => {
			const times: number[] = [];
			for await (const { dispatchTime } of tracker.jobInfos(id)) {
				if (dispatchTime !== undefined) times.push(dispatchTime.getTime());
			}
			return times;
		},
		terminate: () => tracker.jobControl(id, 'terminate'),
	};
}
