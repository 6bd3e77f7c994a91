import { ProcessTracker } from '../../src/index.js';
import { holdMemory } from '../lib/held-memory.js';
import { compareWithTruth } from '../questions/monitor-accuracy.js';
import { readingsAmong } from '../questions/monitor-all.js';
import type { ArrayRequest, Launcher, SubmittedArray } from './launcher.js';
import type { Answers } from './rival.js';

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

export const answers: Answers = {
	'monitor-all': async ({ processes }) => {
		await using tracker = await ProcessTracker.open(`benchmark-${process.pid}`);
		const whole = await readingsAmong(
			processes,
			async () => (await tracker.snapshot()).processes.map((found) => found.info()).length,
		);
		const bare = await readingsAmong(processes, async () => (await tracker.snapshot()).processes.length);
		return { ...whole, undecoded: bare.milliseconds, undecodedMainThread: bare.mainThread };
	},
	'monitor-accuracy': async (params) => {
		await using tracker = await ProcessTracker.open(`benchmark-${process.pid}`);
		return await compareWithTruth(params, async (pid) => {
			const { cpuTime, dispatchTime, extensionList } = await tracker.jobInfoFromMonitor(String(pid));
			return { rss: Number(extensionList['memory_usage_rss']) / 1024, cpuTime, started: dispatchTime?.getTime() };
		});
	},
};
