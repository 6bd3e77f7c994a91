import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertNoChildren, assertWaiting, endOf, LONG, runJob, shell, soon, withTracker } from '../support/index.js';

after(assertNoChildren);

test('a job that has not ended cannot be deleted', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const running = await tracker.addJob(LONG);
	const queued = await tracker.addJob(LONG);
	const held = await tracker.addJob({ ...LONG, submitAsHold: true });
	for (const id of [running, queued, held]) {
		await assert.rejects(tracker.deleteJob(id), { code: 'InvalidState', message: /terminate it and wait/ });
	}
	await tracker.jobControl(running, 'suspend');
	await tracker.wait(running, ['Suspended']);
	await assert.rejects(tracker.deleteJob(running), { code: 'InvalidState' });
	assert.deepEqual(await tracker.listJobs(), [running, queued, held]);
	assertWaiting(await tracker.jobInfo(queued), 'Queued');
});

test('a deleted job is unknown to every later call, and its id is not given again', async (t) => {
	const tracker = await withTracker(t);
	const { id } = await runJob(tracker, shell('exit 0'));
	await tracker.deleteJob(id);
	const calls = [
		tracker.jobState(id),
		tracker.jobInfo(id),
		tracker.jobTemplate(id),
		tracker.jobControl(id, 'terminate'),
		tracker.wait(id, ['Done']),
		tracker.deleteJob(id),
	];
	for (const { status, ...result } of await Promise.allSettled(calls)) {
		assert.equal(status, 'rejected');
		assert.equal(Reflect.get(result, 'reason').code, 'InvalidArgument');
	}
	assert.deepEqual(await tracker.listJobs(), []);
	assert.notEqual((await runJob(tracker, shell('exit 0'))).id, id);
	assert.equal((await tracker.listJobs()).includes(id), false);
});

test('deleting at the very moment of the end leaves nobody waiting', async (t) => {
	const tracker = await withTracker(t);
	for (let round = 0; round < 20; round++) {
		const id = await tracker.addJob(shell('exit 0'));
		const waits = [tracker.wait(id, ['Done']), tracker.wait(id, ['Failed']), tracker.wait(id, ['Suspended'])];
		const settled = Promise.allSettled(waits);
		await tracker.wait(id, ['Done']);
		await tracker.deleteJob(id);
		const [done, ...others] = await soon(settled, 'all settle');
		assert.deepEqual(done, { status: 'fulfilled', value: 'Done' });
		assert.ok(others.every(({ status }) => status === 'rejected'));
	}
});

test('a cancelled job can be deleted as well', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob({ ...LONG, submitAsHold: true });
	await tracker.jobControl(id, 'terminate');
	await endOf(tracker, id);
	await tracker.deleteJob(id);
	assert.deepEqual(await tracker.listJobs(), []);
});
