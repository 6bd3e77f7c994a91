import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, test } from 'node:test';
import { assertNoChildren, LONG, runNode, soon, withTracker } from '../support/index.js';

after(assertNoChildren);

test('an aborted wait rejects with the reason, and leaves the job alone', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	const controller = new AbortController();
	const waiting = tracker.wait(id, ['Done'], { signal: controller.signal });
	const other = tracker.wait(id, ['Failed']);
	const reason = new Error('enough');
	controller.abort(reason);
	await assert.rejects(waiting, reason);
	assert.deepEqual(await tracker.jobState(id), { state: 'Running' });
	await tracker.jobControl(id, 'terminate');
	assert.equal(await soon(other, 'the other waiter wakes'), 'Failed');
});

test('a signal that is aborted before rejects at once', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	await assert.rejects(tracker.wait(id, ['Done'], { signal: AbortSignal.abort() }), { name: 'AbortError' });
	await assert.rejects(tracker.wait(id, ['Done'], { signal: AbortSignal.timeout(5) }), { name: 'TimeoutError' });
});

test('however a wait ends, no timer and no listener is left', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	const { signal } = new AbortController();
	const controller = new AbortController();
	const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const waits = Array.from({ length: 10 }, () =>
		tracker.wait(id, ['Done'], { timeout: 2 ** 33, signal: controller.signal }),
	);
	const ends = tracker.wait(id, ['Failed'], { timeout: 60_000, signal });
	await assert.rejects(tracker.wait(id, ['Done'], { timeout: 1, signal }), { code: 'Timeout' });
	controller.abort();
	const results = await Promise.allSettled(waits);
	assert.ok(results.every(({ status }) => status === 'rejected'));
	await tracker.jobControl(id, 'terminate');
	await soon(ends, 'the job fails');
	assert.equal(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length, before);
	assert.deepEqual([getEventListeners(signal, 'abort'), getEventListeners(controller.signal, 'abort')], [[], []]);
});

test('after an aborted wait nothing keeps Node alive', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const tracker = await ProcessTracker.open('abort', { killOnExit: true });
		const id = await tracker.addJob(LONG);
		const controller = new AbortController();
		const waiting = tracker.wait(id, ['Done'], { timeout: 1e9, signal: controller.signal });
		controller.abort();
		await waiting.catch(({ name }) => say(name));
		say(process.getActiveResourcesInfo().filter((name) => name === 'Timeout'));
		await pidOf(tracker, id);
	});
	assert.deepEqual(said, ['AbortError', []]);
});

for (const signal of [null, {}, 'abort', new AbortController()]) {
	test(`${signal?.constructor.name ?? 'null'} is no signal`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(LONG);
		const options = { signal: signal as AbortSignal };
		await assert.rejects(tracker.wait(id, ['Done'], options), { code: 'InvalidArgument', attribute: 'signal' });
	});
}
