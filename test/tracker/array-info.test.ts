import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type JobInfo, JobState } from '../../src/index.js';
import {
	assertNoChildren,
	infosOf,
	LONG,
	refusalOf,
	runNode,
	shell,
	soon,
	statesOf,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

function spread(values: readonly number[]) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return {
		sum: sorted.reduce((sum, value) => sum + value, 0),
		min: sorted[0],
		median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
		max: sorted.at(-1),
	};
}

for (const count of [7, 8]) {
	test(`the summary of ${count} tasks is that of their job infos`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addArrayJob(shell('exit $((TASK_ID % 2))'), { begin: 1, end: count, maxParallel: 3 });
		assert.equal((await tracker.arrayInfo(id)).usage, undefined);
		await soon(tracker.waitArray(id), 'the array ends');
		const infos = await infosOf(tracker, id);
		const info = await tracker.arrayInfo(id);
		assert.deepEqual(info.usage, {
			taskCount: count,
			wallclockTime: spread(infos.map(({ wallclockTime }) => wallclockTime!)),
			userCPUTime: spread(infos.map(({ resourceUsage }) => resourceUsage!.userCPUTime)),
			systemCPUTime: spread(infos.map(({ resourceUsage }) => resourceUsage!.systemCPUTime)),
			maxRSS: spread(infos.map(({ resourceUsage }) => resourceUsage!.maxRSS)),
		});
		const times = (pick: (info: JobInfo) => Date | undefined) => infos.map((one) => pick(one)!.getTime());
		assert.equal(info.firstDispatchTime?.getTime(), Math.min(...times(({ dispatchTime }) => dispatchTime)));
		assert.equal(info.lastFinishTime?.getTime(), Math.max(...times(({ finishTime }) => finishTime)));
		assert.equal((await tracker.arrayInfo(id, { usage: false })).usage, undefined);
		assert.ok(Object.isFrozen(info) && Object.isFrozen(info.states) && Object.isFrozen(info.usage));
	});
}

test('options that make no sense are refused', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 2 });
	for (const options of [null, 1, { usage: 'no' }]) {
		const error = await refusalOf(tracker.arrayInfo(id, options as { usage?: boolean }));
		assert.equal(error['code'], 'InvalidArgument');
	}
});

test('the numbers per state are those of the tasks, at every moment', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('[ $TASK_ID -gt 4 ] || exec sleep 60'), {
		begin: 1,
		end: 9,
		maxParallel: 4,
	});
	const counted = async () => {
		const [info, infos] = await Promise.all([tracker.arrayInfo(id), infosOf(tracker, id)]);
		const counts = Object.fromEntries(Object.values(JobState).map((state) => [state, 0]));
		for (const { state } of infos) {
			counts[state] = (counts[state] ?? 0) + 1;
		}
		return [info.states, counts] as const;
	};
	await tracker.jobControl(`${id}.8`, 'hold');
	await tracker.jobControl(`${id}.9`, 'terminate');
	await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 4, 'four run');
	await tracker.jobControl(`${id}.1`, 'suspend');
	await soon(tracker.wait(`${id}.1`, ['Suspended']), 'it is suspended');
	const [states, counts] = await counted();
	assert.deepEqual(states, counts);
	assert.deepEqual(await statesOf(tracker, id), { Queued: 3, QueuedHeld: 1, Running: 3, Suspended: 1, Failed: 1 });
});

test('waiting for an array ends with its end, with the time, with the signal, and with the tracker', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 3 });
	assert.equal((await refusalOf(tracker.waitArray(id, { timeout: 0 })))['code'], 'Timeout');
	assert.match((await refusalOf(tracker.waitArray(id, { timeout: 1 }))).message, /3 tasks .* within 1 ms/);
	assert.equal((await refusalOf(tracker.waitArray(id, { timeout: -1 })))['attribute'], 'timeout');
	const controller = new AbortController();
	const aborted = tracker.waitArray(id, { signal: controller.signal });
	controller.abort(new Error('enough'));
	await assert.rejects(aborted, { message: 'enough' });
	const over = tracker.waitArray(id);
	await tracker.jobControl(id, 'terminate');
	await soon(over, 'the array ends');
	await tracker.waitArray(id, { timeout: 0 });
	const other = await tracker.addArrayJob(shell('', { submitAsHold: true }), { begin: 1, end: 3 });
	const refused = refusalOf(tracker.waitArray(other));
	const taskRefused = refusalOf(tracker.wait(`${other}.2`, ['Done']));
	await tracker.close();
	assert.equal((await refused)['code'], 'InvalidSession');
	assert.equal((await taskRefused)['code'], 'InvalidSession');
});

test('a program that waits for an array does not end before', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, say }) => {
		const tracker = await ProcessTracker.open('waits');
		const id = await tracker.addArrayJob({ remoteCommand: 'sleep', args: ['0.2'] }, { begin: 1, end: 2 });
		await tracker.waitArray(id);
		say((await tracker.arrayInfo(id)).states.Done);
	});
	assert.deepEqual(said, [2]);
});

test('job infos of named jobs come in their order, single jobs and tasks alike', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 3 });
	const single = await tracker.addJob(shell(''));
	const ids: string[] = [];
	for await (const info of tracker.jobInfos([single, `${id}.3`, `${id}.1`])) {
		ids.push(info.id);
	}
	assert.deepEqual(ids, [single, `${id}.3`, `${id}.1`]);
	assert.equal((await refusalOf(tracker.jobInfos([`${id}.4`]).next()))['code'], 'InvalidArgument');
	assert.equal((await refusalOf(tracker.jobInfos(single).next()))['code'], 'InvalidArgument');
});

test('reading many job infos lets the event loop turn', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('', { submitAsHold: true }), { begin: 1, end: 50_000 });
	let turns = 0;
	let reading = true;
	const count = () => {
		turns++;
		if (reading) {
			setImmediate(count);
		}
	};
	setImmediate(count);
	let infos = 0;
	for await (const info of tracker.jobInfos(id)) {
		infos += info.state === 'QueuedHeld' ? 1 : 0;
	}
	reading = false;
	assert.equal(infos, 50_000);
	assert.ok(turns > 2, `${turns} turns`);
});

test('a finished array is deleted whole, a task alone, and what has not ended not at all', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('[ $TASK_ID -lt 4 ] || sleep 60'), { begin: 1, end: 4 });
	for (const index of [1, 2, 3]) {
		await soon(tracker.wait(`${id}.${index}`, ['Done']), 'it ends');
	}
	assert.equal((await refusalOf(tracker.deleteJob(id)))['code'], 'InvalidState');
	assert.equal((await refusalOf(tracker.deleteJob(`${id}.4`)))['code'], 'InvalidState');
	await tracker.deleteJob(`${id}.2`);
	assert.equal((await refusalOf(tracker.jobInfo(`${id}.2`)))['code'], 'InvalidArgument');
	assert.deepEqual(await tracker.listArrayJobs(id), ['1.1', '1.3', '1.4']);
	const { taskCount, usage } = await tracker.arrayInfo(id);
	assert.deepEqual([taskCount, usage?.taskCount, await statesOf(tracker, id)], [3, 2, { Done: 2, Running: 1 }]);
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	await tracker.deleteJob(id);
	assert.deepEqual(await tracker.listJobs(), []);
	assert.equal((await refusalOf(tracker.arrayInfo(id)))['code'], 'InvalidArgument');
	const next = await tracker.addArrayJob(shell(''), { begin: 1, end: 2 });
	assert.equal(next, '2', 'an id is never used again');
	await soon(tracker.waitArray(next), 'the array ends');
	await tracker.deleteJob('2.1');
	await tracker.deleteJob('2.2');
	assert.equal((await refusalOf(tracker.arrayInfo(next)))['code'], 'InvalidArgument');
});

test('the memory of an array: nothing per queued task, little per finished one', async (t) => {
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say }) => {
			const tracker = await ProcessTracker.open('memory');
			const used = () => {
				globalThis.gc?.();
				globalThis.gc?.();
				const { heapUsed, arrayBuffers } = process.memoryUsage();
				return heapUsed + arrayBuffers;
			};
			const run = async (tasks: number, submitAsHold: boolean) => {
				const id = await tracker.addArrayJob(
					{ remoteCommand: '/bin/true', submitAsHold },
					{ begin: 1, end: tasks, maxParallel: 4 },
				);
				if (!submitAsHold) {
					await tracker.waitArray(id);
				}
			};
			await run(512, false);
			const rss = process.memoryUsage.rss();
			const before = used();
			await run(1_000_000, true);
			say((used() - before) / 1_000_000);
			say((process.memoryUsage.rss() - rss) / 1_000_000);
			const held = used();
			await run(2048, false);
			say((used() - held) / 2048);
			for (const id of new Set((await tracker.listJobs()).slice(0, 513).map((job) => job.split('.')[0]))) {
				await tracker.jobControl(id ?? '', 'terminate').catch(() => {});
			}
			await tracker.close();
		},
		{ flags: ['--expose-gc'] },
	);
	const [perQueued, rssPerQueued, perFinished] = said as [number, number, number];
	assert.ok(perQueued < 1, `${perQueued} bytes per queued task`);
	assert.ok(rssPerQueued < 16, `${rssPerQueued} bytes of resident memory per queued task`);
	assert.ok(perFinished < 256, `${perFinished} bytes per finished task`);
});
