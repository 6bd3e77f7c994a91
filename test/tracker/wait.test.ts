import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { JobState } from '../../src/index.js';
import { assertNoChildren, endOf, LONG, runJob, shell, soon, withTracker } from '../support/index.js';

after(assertNoChildren);

test('a state that is already there resolves at once', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	assert.equal(await tracker.wait(id, ['Done', 'Running']), 'Running');
	assert.equal(await tracker.wait(id, ['Running'], { timeout: 0 }), 'Running');
});

test('all who wait for the same job wake, each for the states he asked for', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('kill -STOP $$; exit 0'));
	const forSuspended = Array.from({ length: 20 }, () => tracker.wait(id, ['Suspended']));
	const forEnd = Array.from({ length: 20 }, () => tracker.wait(id, ['Failed', 'Done']));
	assert.deepEqual(new Set(await soon(Promise.all(forSuspended), 'it is suspended')), new Set(['Suspended']));
	await tracker.jobControl(id, 'resume');
	assert.deepEqual(new Set(await soon(Promise.all(forEnd), 'it ends')), new Set(['Done']));
});

test('a job that ends in a state that was not asked for rejects at once, and the error names it', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('kill -STOP $$; exit 3'));
	const waiting = tracker.wait(id, ['Done']);
	const refused = assert.rejects(waiting, { code: 'InvalidState', message: /Failed.*exited:3/ });
	await tracker.wait(id, ['Suspended']);
	await tracker.jobControl(id, 'resume');
	await soon(refused, 'the waiter is rejected');
	await assert.rejects(tracker.wait(id, ['Done', 'Running']), { code: 'InvalidState', message: /Failed/ });
	assert.equal(await tracker.wait(id, ['Failed']), 'Failed');
});

test('a timeout of 0 looks once', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	await assert.rejects(tracker.wait(id, ['Done'], { timeout: 0 }), { code: 'Timeout', message: /is Running/ });
});

test('when the time is up, that is Timeout, and the job goes on', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	for (const timeout of [0.25, 1, 20]) {
		await assert.rejects(tracker.wait(id, ['Done', 'Failed'], { timeout }), { code: 'Timeout' });
	}
	assert.equal((await tracker.jobState(id)).state, 'Running');
});

for (const timeout of [2 ** 31, 2 ** 40, Number.MAX_VALUE, Number.POSITIVE_INFINITY, undefined]) {
	test(`a timeout of ${timeout} does not end at once`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(shell('kill -STOP $$; exit 0'));
		const waiting = tracker.wait(id, ['Done'], { timeout });
		await tracker.wait(id, ['Suspended']);
		await assert.rejects(tracker.wait(id, ['Done'], { timeout: 30 }), { code: 'Timeout' });
		await tracker.jobControl(id, 'resume');
		assert.equal(await soon(waiting, 'it is done'), 'Done');
	});
}

for (const timeout of [Number.NaN, -1, Number.NEGATIVE_INFINITY, '5', null, 5n, {}]) {
	test(`the timeout ${String(timeout)} (${typeof timeout}) is refused`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(LONG);
		const options = { timeout: timeout as number };
		const refusal = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'timeout' };
		await assert.rejects(tracker.wait(id, ['Done'], options), refusal);
		await assert.rejects(tracker.wait(id, ['Running'], options), refusal);
	});
}

for (const states of [[], undefined, null, 'Done', ['done'], ['Done', 'toString'], [undefined], [5n], {}]) {
	test(`${Array.isArray(states) ? `[${states}]` : states} is no set of states`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(LONG);
		const refusal = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'states' };
		await assert.rejects(tracker.wait(id, states as JobState[]), refusal);
	});
}

test('every state may be asked for, also those that no job of this tracker has', async (t) => {
	const tracker = await withTracker(t);
	const { id } = await runJob(tracker, shell('exit 0'));
	assert.equal(await tracker.wait(id, Object.values(JobState)), 'Done');
	await assert.rejects(tracker.wait(id, ['Unset', 'Requeued', 'RequeuedHeld']), { code: 'InvalidState' });
	await endOf(tracker, id);
});
