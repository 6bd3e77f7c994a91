import assert from 'node:assert/strict';
import type { JobInfo, JobState, ProcessTracker } from '../../src/index.js';

/** The states of all tasks of an array that any task is in, with their numbers. */
export async function statesOf(tracker: ProcessTracker, arrayId: string): Promise<Partial<Record<JobState, number>>> {
	const { states } = await tracker.arrayInfo(arrayId);
	return Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0));
}

export async function infosOf(tracker: ProcessTracker, arrayId: string): Promise<JobInfo[]> {
	const infos: JobInfo[] = [];
	for await (const info of tracker.jobInfos(arrayId)) {
		infos.push(info);
	}
	return infos;
}

/** How many of these jobs ran at once at the most, by their dispatch and finish times. */
export function mostAtOnce(infos: readonly JobInfo[]): number {
	const steps = infos
		.filter(({ dispatchTime }) => dispatchTime !== undefined)
		.flatMap(({ dispatchTime, finishTime }) => [
			{ time: dispatchTime!.getTime(), change: 1 },
			{ time: finishTime!.getTime(), change: -1 },
		])
		// Times are whole milliseconds: in the same one, ends come before starts.
		.sort((a, b) => a.time - b.time || a.change - b.change);
	let running = 0;
	let most = 0;
	for (const { change } of steps) {
		running += change;
		most = Math.max(most, running);
	}
	return most;
}

/** The error of a call that must be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Record<string, unknown> & { message: string }> {
	const error = await call.then(
		() => assert.fail('it was not refused'),
		(reason) => reason,
	);
	assert.equal(error.name, 'Drmaa2Error', String(error));
	return error;
}
