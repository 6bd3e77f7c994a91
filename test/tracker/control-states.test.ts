import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { JOB_CONTROL_ACTIONS, type ProcessTracker } from '../../src/index.js';
import { assertNoChildren, endOf, LONG, runJob, shell, soon, withTracker } from '../support/index.js';

after(assertNoChildren);

const PLACES = {
	Queued: (tracker: ProcessTracker) => tracker.addJob(LONG),
	QueuedHeld: (tracker: ProcessTracker) => tracker.addJob({ ...LONG, submitAsHold: true }),
	Running: async (tracker: ProcessTracker) => (await tracker.listJobs())[0]!,
	Suspended: async (tracker: ProcessTracker) => {
		const id = (await tracker.listJobs())[0]!;
		await tracker.jobControl(id, 'suspend');
		await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
		return id;
	},
	Done: async (tracker: ProcessTracker) => finished(tracker, 0),
	Failed: async (tracker: ProcessTracker) => finished(tracker, 1),
	Cancelled: async (tracker: ProcessTracker) => {
		const id = await tracker.addJob(LONG);
		await tracker.jobControl(id, 'terminate');
		return id;
	},
};

async function finished(tracker: ProcessTracker, code: number): Promise<string> {
	const [first] = await tracker.listJobs();
	await tracker.jobControl(first!, 'terminate');
	await endOf(tracker, first!);
	return (await runJob(tracker, shell(`exit ${code}`))).id;
}

/** What comes of suspend, resume, hold, release and terminate: the next state, or the code of the error. */
const OUTCOMES: Readonly<Record<keyof typeof PLACES, readonly string[]>> = {
	Queued: ['InvalidState', 'InvalidState', 'QueuedHeld', 'InvalidState', 'Failed'],
	QueuedHeld: ['InvalidState', 'InvalidState', 'InvalidState', 'Queued', 'Failed'],
	Running: ['Suspended', 'InvalidState', 'UnsupportedOperation', 'UnsupportedOperation', 'Failed'],
	Suspended: ['InvalidState', 'Running', 'UnsupportedOperation', 'UnsupportedOperation', 'Failed'],
	Done: ['InvalidState', 'InvalidState', 'InvalidState', 'InvalidState', 'InvalidState'],
	Failed: ['InvalidState', 'InvalidState', 'InvalidState', 'InvalidState', 'InvalidState'],
	Cancelled: ['InvalidState', 'InvalidState', 'InvalidState', 'InvalidState', 'InvalidState'],
};

for (const place of Object.keys(PLACES) as (keyof typeof PLACES)[]) {
	for (const [index, action] of JOB_CONTROL_ACTIONS.entries()) {
		const outcome = OUTCOMES[place][index]!;
		test(`${action} of a job that is ${place}: ${outcome}`, async (t) => {
			const tracker = await withTracker(t, { maxRunning: 1 });
			await tracker.addJob(LONG);
			const id = await PLACES[place](tracker);
			const before = await tracker.jobState(id);
			assert.equal(before.state, place === 'Cancelled' ? 'Failed' : place);
			if (!outcome.startsWith('Invalid') && !outcome.startsWith('Unsupported')) {
				await tracker.jobControl(id, action);
				await soon(tracker.wait(id, [outcome as 'Failed']), `it becomes ${outcome}`);
				return;
			}
			await assert.rejects(tracker.jobControl(id, action), {
				code: outcome,
				message: new RegExp(`cannot ${action} job ${id}: it is ${before.state}`),
			});
			assert.deepEqual(await tracker.jobState(id), before);
		});
	}
}

for (const action of ['', 'Terminate', 'withdraw', 'toString', undefined, null, 5, 5n, Symbol('x'), {}]) {
	test(`${String(action) || 'an empty string'} (${typeof action}) is no action`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(LONG);
		const refusal = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'action' };
		await assert.rejects(tracker.jobControl(id, action as 'hold'), refusal);
		assert.deepEqual(await tracker.jobState(id), { state: 'Running' });
	});
}
