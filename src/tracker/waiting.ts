import { Drmaa2Error, type JobState } from '../drmaa2/index.js';
import type { EngineQueue } from '../native/index.js';
import type { ArrayRecord } from './array-record.js';
import { hasEnded } from './job-status.js';
import type { WaitOptions } from './job-tracker.js';
import type { TrackedJob } from './tracked-job.js';
import { endedElsewhere } from './tracker-errors.js';
import type { WaiterList } from './waiter-list.js';

/** Waits until a job is in one of some states. Meanwhile Node does not end for want of other things to do. */
export async function waitForState(
	queue: EngineQueue,
	job: TrackedJob,
	wanted: ReadonlySet<JobState>,
	options: WaitOptions,
): Promise<JobState> {
	options.signal?.throwIfAborted();
	const { status } = job;
	if (wanted.has(status.state)) {
		return status.state;
	}
	if (hasEnded(status)) {
		throw endedElsewhere(job);
	}
	const what = `job ${job.id} is ${status.state} and did not become ${[...wanted].join(' or ')}`;
	return await waitIn(queue, job.waiters, wanted, what, options);
}

/** Waits until every task of an array has ended. */
export async function waitForArray(queue: EngineQueue, array: ArrayRecord, options: WaitOptions): Promise<void> {
	options.signal?.throwIfAborted();
	if (!array.hasEnded) {
		const what = `array ${array.id} has ${array.length} tasks and they did not all end`;
		await waitIn(queue, array.waiters, ENDED, what, options);
	}
}

const ENDED: ReadonlySet<'ended'> = new Set(['ended'] as const);

async function waitIn<State>(
	queue: EngineQueue,
	waiters: WaiterList<State>,
	wanted: ReadonlySet<State>,
	what: string,
	options: WaitOptions,
): Promise<State> {
	if (options.timeout === 0) {
		throw new Drmaa2Error('Timeout', `${what} yet`);
	}
	using _alive = queue.keepAlive();
	return await waiters.wait(wanted, what, options);
}
