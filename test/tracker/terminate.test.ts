import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertCancelled,
	assertKilled,
	assertNoChildren,
	endOf,
	LONG,
	membersOf,
	pidOf,
	processFacts,
	shell,
	soon,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('whoever waits for Failed finds the job reaped: its process is gone and its info complete', async (t) => {
	const tracker = await withTracker(t);
	for (let round = 0; round < 20; round++) {
		const id = await tracker.addJob(LONG);
		const pid = await pidOf(tracker, id);
		const waiting = tracker.wait(id, ['Failed']);
		await tracker.jobControl(id, 'terminate');
		assert.equal(await soon(waiting, 'the job fails'), 'Failed');
		assert.equal(processFacts(pid), undefined);
		assertKilled(await tracker.jobInfo(id), 'SIGKILL', { terminated: true });
	}
});

test('nothing can be handled: a job that ignores all signals dies', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('trap "" HUP INT TERM TSTP QUIT; while :; do sleep 0.05; done'));
	await tracker.jobControl(id, 'terminate');
	assertKilled(await endOf(tracker, id), 'SIGKILL', { terminated: true });
});

test('the children of the job die with it', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('sleep 60 & (sleep 60 & sleep 60) & sleep 60'));
	const pid = await pidOf(tracker, id);
	await waitUntil(() => membersOf(pid).filter(({ name }) => name === 'sleep').length === 4);
	await tracker.jobControl(id, 'terminate');
	assertKilled(await endOf(tracker, id), 'SIGKILL', { terminated: true });
	await waitUntil(() => membersOf(pid).length === 0, 'the whole group has died');
});

test('a suspended job can be terminated', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	await tracker.jobControl(id, 'suspend');
	await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
	await tracker.jobControl(id, 'terminate');
	assertKilled(await endOf(tracker, id), 'SIGKILL', { terminated: true });
});

for (const submitAsHold of [false, true]) {
	test(`a job that waits (${submitAsHold ? 'held' : 'for its turn'}) never starts once it is terminated`, async (t) => {
		const tracker = await withTracker(t, { maxRunning: 1 });
		const first = await tracker.addJob(LONG);
		const second = await tracker.addJob({ ...LONG, submitAsHold });
		const waiting = tracker.wait(second, ['Failed']);
		const forRunning = assert.rejects(tracker.wait(second, ['Running']), { code: 'InvalidState' });
		await tracker.jobControl(second, 'terminate');
		assertCancelled(await tracker.jobInfo(second));
		assert.equal(await soon(waiting, 'the job fails'), 'Failed');
		await forRunning;
		assert.equal((await tracker.jobState(first)).state, 'Running');
	});
}

test('terminate says nothing of the state until the kernel does', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	const pid = await pidOf(tracker, id);
	await tracker.jobControl(id, 'terminate');
	const { state } = await tracker.jobState(id);
	// Either it has been reaped, and is gone, or it is not told to be failed.
	assert.equal(state === 'Failed', processFacts(pid) === undefined && state !== 'Running');
	await endOf(tracker, id);
});
