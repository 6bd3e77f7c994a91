import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { after, test } from 'node:test';
import { type JobTrackerEvent, STATE_CHANNEL } from '../../src/index.js';
import { assertNoChildren, endOf, LONG, refusalOf, runNode, shell, soon, withTracker } from '../support/index.js';

after(assertNoChildren);

/** Reads so many events. */
async function take(events: AsyncIterator<JobTrackerEvent>, count: number): Promise<string[]> {
	const told: string[] = [];
	while (told.length < count) {
		const { value } = await soon(events.next(), 'the next event');
		assert.ok(value.kind === 'lagged' || value.time instanceof Date);
		told.push(value.kind === 'lagged' ? `lagged ${value.dropped}` : text(value));
	}
	return told;
}

function text({ jobId, state, subState }: { jobId: string; state: string; subState?: string }): string {
	return [jobId, state, ...(subState === undefined ? [] : [subState])].join(' ');
}

test('the changes of a job are told in order, from its first state to its last', async (t) => {
	const tracker = await withTracker(t);
	const events = tracker.events();
	const id = await tracker.addJob({ ...LONG, submitAsHold: true });
	await tracker.jobControl(id, 'release');
	await soon(tracker.wait(id, ['Running']), 'it runs');
	await tracker.jobControl(id, 'suspend');
	await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
	await tracker.jobControl(id, 'resume');
	// Killed at once, it would never be seen to go on.
	await soon(tracker.wait(id, ['Running']), 'it goes on');
	await tracker.jobControl(id, 'terminate');
	assert.deepEqual(await take(events, 6), [
		'1 QueuedHeld',
		'1 Queued',
		'1 Running',
		'1 Suspended stopped:SIGTSTP',
		'1 Running',
		'1 Failed signaled:SIGKILL',
	]);
});

test('a job that is refused is never told of', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const events = tracker.events();
	await refusalOf(tracker.addJob({ remoteCommand: '/nowhere' }));
	const first = await tracker.addJob(LONG);
	await refusalOf(tracker.addJob({ remoteCommand: '/nowhere' }));
	const second = await tracker.addJob(shell(''));
	await tracker.jobControl(first, 'terminate');
	await endOf(tracker, second);
	assert.deepEqual(await take(events, 5), [
		`${first} Running`,
		`${second} Queued`,
		`${first} Failed signaled:SIGKILL`,
		`${second} Running`,
		`${second} Done exited:0`,
	]);
});

test('the tasks of an array are told of in order, also where one word concerns many', async (t) => {
	const tracker = await withTracker(t);
	const events = tracker.events();
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 20, maxParallel: 3 });
	await soon(tracker.waitArray(id), 'the array ends');
	const told = await take(events, 40);
	for (let index = 1; index <= 20; index++) {
		const own = told.filter((line) => line.startsWith(`${id}.${index} `));
		assert.deepEqual(own, [`${id}.${index} Running`, `${id}.${index} Done exited:0`]);
	}
	const held = await tracker.addArrayJob({ ...LONG, submitAsHold: true }, { begin: 1, end: 3 });
	await tracker.jobControl(`${held}.2`, 'terminate');
	await tracker.jobControl(held, 'terminate');
	assert.deepEqual(
		await take(events, 3),
		[2, 1, 3].map((index) => `${held}.${index} Failed terminated`),
	);
});

test('a reader that is too slow is told how much it has missed, and keeps the newest', async (t) => {
	const tracker = await withTracker(t);
	const events = tracker.events();
	const count = 200_000;
	const id = await tracker.addArrayJob(shell('', { submitAsHold: true }), { begin: 1, end: count });
	await tracker.jobControl(`${id}.1`, 'terminate');
	await tracker.jobControl(id, 'terminate');
	const [lagged = '', next = ''] = await take(events, 2);
	const dropped = Number(/^lagged (\d+)$/.exec(lagged)?.[1]);
	assert.ok(dropped > 0 && dropped < count, lagged);
	assert.equal(next, `${id}.${dropped + 1} Failed terminated`);
	const rest = await take(events, count - dropped - 1);
	assert.equal(rest.at(-1), `${id}.${count} Failed terminated`);
});

test('several readers get everything, each from when it began', async (t) => {
	const tracker = await withTracker(t);
	const early = tracker.events();
	await endOf(tracker, await tracker.addJob(shell('')));
	const late = tracker.events();
	await endOf(tracker, await tracker.addJob(shell('')));
	assert.deepEqual(await take(early, 4), ['1 Running', '1 Done exited:0', '2 Running', '2 Done exited:0']);
	assert.deepEqual(await take(late, 2), ['2 Running', '2 Done exited:0']);
});

test('reads that are asked for ahead are answered in their order', async (t) => {
	const tracker = await withTracker(t);
	const events = tracker.events();
	const reads = [events.next(), events.next()];
	await endOf(tracker, await tracker.addJob(shell('')));
	const values = (await soon(Promise.all(reads), 'both are answered')).map(({ value }) => value as JobTrackerEvent);
	assert.deepEqual(
		values.map((value) => value.kind === 'state' && value.state),
		['Running', 'Done'],
	);
});

test('reading ends with return, with the signal and its reason, and with the tracker after what is left', async (t) => {
	const tracker = await withTracker(t);
	const left = tracker.events();
	await endOf(tracker, await tracker.addJob(shell('')));
	for await (const _ of left) {
		break;
	}
	assert.equal((await left.next()).done, true, 'what was not read is let go');
	const controller = new AbortController();
	const aborted = tracker.events({ signal: controller.signal });
	const pending = aborted.next();
	controller.abort(new Error('enough'));
	await assert.rejects(pending, { message: 'enough' });
	assert.equal((await aborted.next()).done, true);
	assert.throws(() => tracker.events({ signal: controller.signal }), { message: 'enough' });
	const events = tracker.events();
	const waiting = tracker.events();
	await endOf(tracker, await tracker.addJob(shell('')));
	await take(waiting, 2);
	const last = waiting.next();
	await tracker.close();
	assert.equal((await soon(last, 'it is answered')).done, true);
	assert.equal((await take(events, 2)).length, 2);
	assert.equal((await events.next()).done, true);
	assert.throws(() => tracker.events(), { code: 'InvalidSession' });
});

test('a program that reads events does not end before it is told them', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, say }) => {
		const tracker = await ProcessTracker.open('reads');
		const events = tracker.events();
		await tracker.addJob({ remoteCommand: 'sleep', args: ['0.2'] });
		for await (const event of events) {
			if (event.kind === 'state' && event.state === 'Done') {
				break;
			}
		}
		say('told');
	});
	assert.deepEqual(said, ['told']);
});

test('the diagnostics channel carries every change, with the session', async (t) => {
	const tracker = await withTracker(t);
	const told: string[] = [];
	const listen = (message: unknown) => {
		const change = message as { sessionName: string; jobId: string; state: string; time: Date };
		if (change.sessionName === t.name) {
			assert.ok(change.time instanceof Date);
			told.push(text(change));
		}
	};
	subscribe(STATE_CHANNEL, listen);
	t.after(() => unsubscribe(STATE_CHANNEL, listen));
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 2, maxParallel: 1 });
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(told, ['1.1 Running', '1.1 Done exited:0', '1.2 Running', '1.2 Done exited:0']);
	assert.equal(STATE_CHANNEL, 'os-process-tracker:job:state');
});
