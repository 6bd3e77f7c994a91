import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	assertWaiting,
	endOf,
	LONG,
	launchersOf,
	runJob,
	shell,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('two trackers in one process have bounds and jobs of their own, and share a launcher', async (t) => {
	const one = await withTracker(t, { maxRunning: 1 });
	const two = await withTracker(t, { maxRunning: 2 });
	const a = [await one.addJob(LONG), await one.addJob(LONG)];
	const b = [await two.addJob(LONG), await two.addJob(LONG), await two.addJob(LONG)];
	assert.deepEqual(
		[a, b],
		[
			['1', '2'],
			['1', '2', '3'],
		],
	);
	assertWaiting(await one.jobInfo('2'), 'Queued');
	assert.equal((await two.jobState('2')).state, 'Running');
	assertWaiting(await two.jobInfo('3'), 'Queued');
	await one.jobControl('1', 'terminate');
	await one.wait('2', ['Running']);
	assertWaiting(await two.jobInfo('3'), 'Queued');
	assert.equal((await two.jobState('1')).state, 'Running');
	assert.equal(launchersOf(process.pid).length, 1);
});

test('closing one does not touch the other', async (t) => {
	const one = await withTracker(t);
	const two = await withTracker(t);
	const id = await two.addJob(shell('kill -STOP $$; exit 6'));
	await runJob(one, shell('exit 0'));
	await one.close();
	await two.wait(id, ['Suspended']);
	await two.jobControl(id, 'resume');
	assertExited(await endOf(two, id), 6);
});

test('a tracker with a long queue does not keep the other waiting', async (t) => {
	const busy = await withTracker(t, { maxRunning: 1 });
	const idle = await withTracker(t);
	await busy.addJob(LONG);
	for (let i = 0; i < 200; i++) {
		await busy.addJob(LONG);
	}
	assertExited(await runJob(idle, shell('exit 0')), 0);
	assert.equal((await busy.jobState('201')).state, 'Queued');
});
