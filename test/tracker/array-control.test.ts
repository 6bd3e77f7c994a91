import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertNoChildren,
	endOf,
	infosOf,
	LONG,
	makeFifo,
	pidOf,
	processFacts,
	refusalOf,
	shell,
	soon,
	statesOf,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

const MANY = 1_000_000;

test('suspend and resume reach every task that runs, and name those that cannot be', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 6, maxParallel: 3 });
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 3, 'three run');
	await tracker.jobControl(`${id}.6`, 'terminate');
	const error = await refusalOf(tracker.jobControl(id, 'suspend'));
	assert.equal(error['code'], 'InvalidState');
	assert.match(error.message, /^cannot suspend 3 of 6 tasks of array 1 \(1\.4 to 1\.5, 1\.6\): /);
	const jobIds = error['jobIds'] as Iterable<string> & { length: number };
	assert.deepEqual([jobIds.length, [...jobIds]], [3, ['1.4', '1.5', '1.6']]);
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Suspended === 3, 'three are suspended');
	// As they are wanted already.
	assert.deepEqual(
		[...((await refusalOf(tracker.jobControl(id, 'suspend')))['jobIds'] as Iterable<string>)],
		['1.4', '1.5', '1.6'],
	);
	await tracker.jobControl(`${id}.2`, 'resume');
	await refusalOf(tracker.jobControl(id, 'resume'));
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 3, 'all go on');
});

test('hold and release apply to what waits, and nothing is wrong when all do', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob({ ...LONG, submitAsHold: true }, { begin: 1, end: MANY, maxParallel: 2 });
	await tracker.jobControl(id, 'hold');
	await tracker.jobControl(id, 'release');
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 2, 'two run');
	const error = await refusalOf(tracker.jobControl(id, 'hold'));
	assert.deepEqual([...(error['jobIds'] as Iterable<string>)], ['1.1', '1.2']);
	assert.deepEqual(await statesOf(tracker, id), { Running: 2, QueuedHeld: MANY - 2 });
	await tracker.jobControl(`${id}.1`, 'terminate');
	await endOf(tracker, `${id}.1`);
	assert.deepEqual(await statesOf(tracker, id), { Running: 1, QueuedHeld: MANY - 2, Failed: 1 });
	await tracker.jobControl(`${id}.77`, 'release');
	await soon(tracker.wait(`${id}.77`, ['Running']), 'the one that was released runs');
});

test('terminate ends every task and starts no further one', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: MANY, maxParallel: 3 });
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 3, 'three run');
	await tracker.jobControl(`${id}.9`, 'hold');
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Failed: MANY });
	for (const index of [1, 2, 3]) {
		assert.equal((await tracker.jobInfo(`${id}.${index}`)).subState, 'signaled:SIGKILL');
	}
	for (const index of [4, 9, MANY]) {
		assert.equal((await tracker.jobInfo(`${id}.${index}`)).subState, 'terminated');
	}
	assert.match((await refusalOf(tracker.jobControl(id, 'terminate'))).message, /all its tasks have ended/);
});

test('terminating a half-finished array is no error', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('[ $TASK_ID = 1 ] || sleep 60'), { begin: 1, end: 4, maxParallel: 2 });
	await soon(tracker.wait(`${id}.1`, ['Done']), 'the first ends');
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Done: 1, Failed: 3 });
});

test('a task that is just being started when its array is terminated dies too', async (t) => {
	const tracker = await withTracker(t);
	const inputPath = makeFifo(await temporaryDirectory(t));
	// Both hang in opening the FIFO, before their program runs.
	const id = await tracker.addArrayJob(shell('cat', { inputPath }), { begin: 1, end: 10, maxParallel: 2 });
	await waitUntil(
		async () => (await refusalOf(tracker.jobControl(`${id}.2`, 'suspend')))['code'] === 'TryLater',
		'both hang',
	);
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Failed: 10 });
});

test('a task that is just being started when its array is suspended stops as soon as it runs', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const inputPath = makeFifo(directory);
	const id = await tracker.addArrayJob(shell('cat; exit 3', { inputPath }), { begin: 1, end: 1 });
	await waitUntil(
		async () => (await refusalOf(tracker.jobControl(`${id}.1`, 'suspend')))['code'] === 'TryLater',
		'it hangs',
	);
	await tracker.jobControl(id, 'suspend');
	const suspended = tracker.wait(`${id}.1`, ['Suspended']);
	const { open } = await import('node:fs/promises');
	const writer = await open(inputPath, 'w');
	await soon(suspended, 'it is suspended');
	await writer.close();
	assert.equal(processFacts(await pidOf(tracker, `${id}.1`))?.state, 'T');
	await tracker.jobControl(id, 'resume');
	assert.equal((await endOf(tracker, `${id}.1`)).exitStatus, 3);
});

test('one call reaches three hundred groups', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 300 });
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 300, 'all run');
	await tracker.jobControl(id, 'suspend');
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Suspended === 300, 'all are suspended');
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.ok((await infosOf(tracker, id)).every(({ terminatingSignal }) => terminatingSignal === 'SIGKILL'));
});

test('an unknown action is refused', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 2 });
	assert.equal((await refusalOf(tracker.jobControl(id, 'stop' as 'suspend')))['attribute'], 'action');
});
