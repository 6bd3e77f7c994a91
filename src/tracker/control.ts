import { Drmaa2Error, JOB_CONTROL_ACTIONS, type JobControlAction } from '../drmaa2/index.js';
import type { EngineQueue } from '../native/index.js';
import { shown } from '../validation/index.js';
import type { ArrayRecord } from './array-record.js';
import { hasEnded } from './job-status.js';
import type { TrackedJob } from './tracked-job.js';
import { arrayControlRefusal, arrayHasEnded, controlRefusal } from './tracker-errors.js';

/** @throws Drmaa2Error `InvalidArgument` */
export function requireAction(action: JobControlAction): void {
	if (!JOB_CONTROL_ACTIONS.includes(action)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`${shown(action)} is no control action: use one of ${JOB_CONTROL_ACTIONS.join(', ')}`,
			{ attribute: 'action' },
		);
	}
}

export async function controlJob(queue: EngineQueue, job: TrackedJob, action: JobControlAction): Promise<void> {
	if (hasEnded(job.status)) {
		throw controlRefusal(job, action, 'noSuchJob');
	}
	const { result } = await queue.control(job.number, job.task, action);
	if (result !== 'done') {
		throw controlRefusal(job, action, result);
	}
}

/** Every task is tried, in one request; then those are named to which the action did not apply. */
export async function controlArray(queue: EngineQueue, array: ArrayRecord, action: JobControlAction): Promise<void> {
	const { result, refused } = await queue.control(array.number, 0, action);
	if (result !== 'done') {
		throw arrayHasEnded(array, action);
	}
	if (refused.length > 0) {
		throw arrayControlRefusal(array, action, refused);
	}
}
