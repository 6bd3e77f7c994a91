import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	assertWaiting,
	endOf,
	LONG,
	runJob,
	shell,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('a job submitted as held starts only after it is released', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('exit 2', { submitAsHold: true }));
	assertWaiting(await tracker.jobInfo(id), 'QueuedHeld');
	// Others pass it by.
	assertExited(await runJob(tracker, shell('exit 0')), 0);
	assertWaiting(await tracker.jobInfo(id), 'QueuedHeld');
	await tracker.jobControl(id, 'release');
	assertExited(await endOf(tracker, id), 2);
});

test('a queued job that is held is passed by, and keeps its place in the line', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const first = await tracker.addJob(LONG);
	const second = await tracker.addJob(shell('exit 2'));
	const third = await tracker.addJob(shell('exit 3'));
	const fourth = await tracker.addJob(LONG);
	const fifth = await tracker.addJob(shell('exit 5'));
	await tracker.jobControl(second, 'hold');
	assertWaiting(await tracker.jobInfo(second), 'QueuedHeld');
	await tracker.jobControl(first, 'terminate');
	assertExited(await endOf(tracker, third), 3);
	await tracker.wait(fourth, ['Running']);
	await tracker.jobControl(second, 'release');
	assertWaiting(await tracker.jobInfo(second), 'Queued');
	await tracker.jobControl(fourth, 'terminate');
	const [info, later] = [await endOf(tracker, second), await endOf(tracker, fifth)];
	assertExited(info, 2);
	assertExited(later, 5);
	assert.ok(info.dispatchTime! <= later.dispatchTime!);
});

test('whoever waits is told of holding and releasing', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	await tracker.addJob(LONG);
	const id = await tracker.addJob(LONG);
	const held = tracker.wait(id, ['QueuedHeld']);
	await tracker.jobControl(id, 'hold');
	assert.equal(await held, 'QueuedHeld');
	const queued = tracker.wait(id, ['Queued']);
	await tracker.jobControl(id, 'release');
	assert.equal(await queued, 'Queued');
});
