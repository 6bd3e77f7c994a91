import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ProcessTracker } from '../../src/index.js';
import {
	assertNoChildren,
	endOf,
	infosOf,
	LONG,
	mostAtOnce,
	shell,
	soon,
	statesOf,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

/** Waits until so many tasks of an array have a process, and none is on its way. */
async function untilActive(tracker: ProcessTracker, id: string, count: number) {
	await waitUntil(async () => {
		const { states } = await tracker.arrayInfo(id);
		assert.ok(states.Running + states.Suspended <= count, JSON.stringify(states));
		return states.Running + states.Suspended === count;
	}, `${count} tasks run`);
}

for (const maxParallel of [1, 2, 5]) {
	test(`never more than ${maxParallel} at once, and all of them`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addArrayJob(shell('exit $((TASK_ID % 3))'), { begin: 1, end: 60, maxParallel });
		await soon(tracker.waitArray(id), 'the array ends');
		const infos = await infosOf(tracker, id);
		assert.deepEqual(
			infos.map(({ exitStatus }) => exitStatus),
			infos.map((_, i) => (i + 1) % 3),
		);
		assert.ok(mostAtOnce(infos) <= maxParallel);
	});
}

test('without a bound all run at once', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 40 });
	await untilActive(tracker, id, 40);
});

test('tasks start in the order of their indices', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 40, maxParallel: 1 });
	await soon(tracker.waitArray(id), 'the array ends');
	const starts = (await infosOf(tracker, id)).map(({ dispatchTime }) => dispatchTime!.getTime());
	assert.deepEqual(
		starts,
		starts.toSorted((a, b) => a - b),
	);
});

test('a place that becomes free is taken, however the task before has ended', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	// Tasks 4, 5 and 6 cannot start: their input is missing.
	for (const index of [1, 2, 3, 7, 8, 9]) {
		await writeFile(join(directory, String(index)), '');
	}
	const id = await tracker.addArrayJob(
		{ ...LONG, inputPath: join(directory, '$DRMAA2_INDEX$') },
		{ begin: 1, end: 9, maxParallel: 2 },
	);
	await untilActive(tracker, id, 2);
	// A queued task that is terminated or held leaves its turn to the next.
	await tracker.jobControl(`${id}.3`, 'terminate');
	await tracker.jobControl(`${id}.7`, 'hold');
	await tracker.jobControl(`${id}.1`, 'terminate');
	await soon(tracker.wait(`${id}.8`, ['Running']), 'task 8 takes the place of task 1');
	await untilActive(tracker, id, 2);
	assert.deepEqual(await statesOf(tracker, id), { Running: 2, Failed: 5, Queued: 1, QueuedHeld: 1 });
	// A suspended one keeps its place.
	await tracker.jobControl(`${id}.8`, 'suspend');
	await soon(tracker.wait(`${id}.8`, ['Suspended']), 'it is suspended');
	assert.equal((await tracker.jobState(`${id}.9`)).state, 'Queued');
	await tracker.jobControl(`${id}.8`, 'terminate');
	await soon(tracker.wait(`${id}.9`, ['Running']), 'task 9 takes the place of task 8');
	await tracker.jobControl(`${id}.7`, 'release');
	await tracker.jobControl(`${id}.2`, 'terminate');
	await soon(tracker.wait(`${id}.7`, ['Running']), 'task 7 has been released');
	await untilActive(tracker, id, 2);
});

test('maxRunning holds over arrays and single jobs together', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 3 });
	const script = shell('exit 0');
	const arrays = [
		await tracker.addArrayJob(script, { begin: 1, end: 30 }),
		await tracker.addArrayJob(script, { begin: 1, end: 30, maxParallel: 1 }),
	];
	const singles = await Promise.all(Array.from({ length: 30 }, () => tracker.addJob(script)));
	for (const id of arrays) {
		await soon(tracker.waitArray(id), 'the array ends');
	}
	const ofArrays = await Promise.all(arrays.map((id) => infosOf(tracker, id)));
	const ofSingles = await Promise.all(singles.map((id) => endOf(tracker, id)));
	assert.ok(mostAtOnce([...ofArrays.flat(), ...ofSingles]) <= 3);
	assert.ok(mostAtOnce(ofArrays[1]!) <= 1);
});

test('arrays and single jobs take turns: a long array lets a single job pass', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const gate = await tracker.addJob(LONG);
	const first = await tracker.addArrayJob(shell(''), { begin: 1, end: 30 });
	const second = await tracker.addArrayJob(shell(''), { begin: 1, end: 30 });
	const singles = [await tracker.addJob(shell('')), await tracker.addJob(shell(''))];
	await tracker.jobControl(gate, 'terminate');
	for (const id of [first, second]) {
		await soon(tracker.waitArray(id), 'the array ends');
	}
	const started = async (ids: readonly string[]) => {
		const infos = await Promise.all(ids.map((id) => tracker.jobInfo(id)));
		return infos.map(({ dispatchTime }) => dispatchTime!.getTime());
	};
	const ofFirst = await started(await tracker.listArrayJobs(first));
	const ofSecond = await started(await tracker.listArrayJobs(second));
	const ofSingles = await started(singles);
	assert.ok(ofSingles[0]! <= ofFirst[2]! && ofSingles[1]! <= ofFirst[3]!, 'the single jobs get their turns');
	assert.ok(ofSecond[9]! <= ofFirst[12]! && ofFirst[9]! <= ofSecond[12]!, 'neither array is far ahead of the other');
});
