import type { TestContext } from 'node:test';
import {
	Drmaa2Error,
	type JobInfo,
	JobState,
	type JobTemplate,
	ProcessTracker,
	type ProcessTrackerOptions,
} from '../../src/index.js';
import { soon } from './wait-until.js';

export const ENDED = [JobState.Done, JobState.Failed, JobState.Undetermined] as const;

/** A tracker for one test. What runs afterwards is terminated, waited for and deleted. */
export async function withTracker(t: TestContext, options?: ProcessTrackerOptions): Promise<ProcessTracker> {
	const tracker = await ProcessTracker.open(t.name, options);
	t.after(() => soon(cleanUp(tracker), `the clean-up after: ${t.name}`));
	return tracker;
}

async function cleanUp(tracker: ProcessTracker): Promise<void> {
	try {
		for (const id of await wholes(tracker)) {
			await removeJob(tracker, id);
		}
	} catch (error) {
		// A test of closing has closed it.
		if (!(error instanceof Drmaa2Error && error.code === 'InvalidSession')) {
			throw error;
		}
	}
	await tracker.close();
}

async function removeJob(tracker: ProcessTracker, id: string): Promise<void> {
	const isArray = await tracker.arrayInfo(id).then(
		() => true,
		() => false,
	);
	await tracker.jobControl(id, 'terminate').catch((error) => {
		if (!(error instanceof Drmaa2Error && error.code === 'InvalidState')) {
			throw error;
		}
	});
	await (isArray ? tracker.waitArray(id) : tracker.wait(id, ENDED));
	await tracker.deleteJob(id);
}

/** The ids of single jobs and of arrays. */
async function wholes(tracker: ProcessTracker): Promise<Set<string>> {
	return new Set((await tracker.listJobs()).map((id) => id.split('.')[0] ?? ''));
}

/** The template of a shell script. */
export function shell(script: string, more: Partial<JobTemplate> = {}): JobTemplate {
	return { remoteCommand: '/bin/sh', args: ['-c', script], ...more };
}

/** Longer than any test, and not much longer. */
export const LONG: JobTemplate = { remoteCommand: '/bin/sleep', args: ['60'] };

/** Waits for a job's end, whatever it is. */
export async function endOf(tracker: ProcessTracker, id: string): Promise<JobInfo> {
	await soon(tracker.wait(id, ENDED), `job ${id} ends`);
	return await tracker.jobInfo(id);
}

export async function runJob(tracker: ProcessTracker, template: JobTemplate): Promise<JobInfo> {
	return await endOf(tracker, await tracker.addJob(template));
}

/** The process id of a job that has been dispatched. */
export async function pidOf(tracker: ProcessTracker, id: string): Promise<number> {
	return Number((await tracker.jobInfo(id)).extensionList['pid']);
}
