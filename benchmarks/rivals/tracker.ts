import { ProcessTracker } from '../../src/index.js';
import { holdMemory } from '../lib/held-memory.js';
import type { Launcher } from './launcher.js';

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
		close: () => tracker.close(),
	};
}
