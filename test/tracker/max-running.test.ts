import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ProcessTracker } from '../../src/index.js';
import {
	assertExited,
	assertNoChildren,
	assertWaiting,
	endOf,
	LONG,
	mostAtOnce,
	shell,
	soon,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

async function statesOf(tracker: ProcessTracker) {
	const ids = await tracker.listJobs();
	return await Promise.all(ids.map(async (id) => (await tracker.jobState(id)).state));
}

const isActive = (state: string) => state === 'Running' || state === 'Suspended';

test('never more jobs than allowed, and in the order of their submission', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 3 });
	const ids = await Promise.all(Array.from({ length: 60 }, (_, i) => tracker.addJob(shell(`exit ${i % 2}`))));
	await waitUntil(async () => {
		const states = await statesOf(tracker);
		assert.ok(states.filter(isActive).length <= 3, states.join());
		return states.every((state) => state === 'Done' || state === 'Failed');
	}, 'all have ended');
	const infos = await Promise.all(ids.map((id) => tracker.jobInfo(id)));
	assert.ok(mostAtOnce(infos) <= 3);
	const starts = infos.map(({ dispatchTime }) => dispatchTime!.getTime());
	assert.deepEqual(
		starts,
		starts.toSorted((a, b) => a - b),
	);
});

test('a job that has to wait is accepted as Queued, and runs when its turn comes', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const first = await tracker.addJob(LONG);
	const second = await tracker.addJob(shell('exit 4'));
	assertWaiting(await tracker.jobInfo(second), 'Queued');
	await tracker.jobControl(first, 'terminate');
	assertExited(await endOf(tracker, second), 4);
});

test('a suspended job keeps its place', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const first = await tracker.addJob(LONG);
	await tracker.jobControl(first, 'suspend');
	await soon(tracker.wait(first, ['Suspended']), 'it is suspended');
	const second = await tracker.addJob(shell('exit 0'));
	assertWaiting(await tracker.jobInfo(second), 'Queued');
	await tracker.jobControl(first, 'resume');
	await tracker.jobControl(first, 'terminate');
	assertExited(await endOf(tracker, second), 0);
});

test('places become free however a job ends, and every job gets one', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 2 });
	const ids: string[] = [];
	for (let i = 0; i < 12; i++) {
		const scripts = ['exit 0', 'exit 1', 'kill -9 $$', 'kill -STOP $$'];
		ids.push(await tracker.addJob(shell(scripts[i % 4]!, { submitAsHold: i % 5 === 4 })));
		// Refused jobs take no place.
		await assert.rejects(tracker.addJob({ remoteCommand: '/nowhere' }), { code: 'InvalidArgument' });
	}
	await tracker.jobControl(ids[8]!, 'terminate').catch(() => {});
	await waitUntil(async () => {
		for (const id of ids) {
			const { state } = await tracker.jobState(id);
			const action = state === 'Suspended' ? 'terminate' : state === 'QueuedHeld' ? 'release' : undefined;
			if (action !== undefined) {
				await tracker.jobControl(id, action).catch((error) => assert.equal(error.code, 'InvalidState'));
			}
		}
		return (await statesOf(tracker)).every((state) => state === 'Done' || state === 'Failed');
	}, 'all have ended');
});
