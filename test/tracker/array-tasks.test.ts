import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { JobTemplate } from '../../src/index.js';
import {
	assertExited,
	assertNoChildren,
	endOf,
	infosOf,
	LONG,
	read,
	refusalOf,
	runJob,
	shell,
	soon,
	statesOf,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('every index of the range is a task, and a job with an id of its own', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('exit $TASK_ID'), { begin: 2, end: 11, step: 4 });
	assert.equal(id, '1');
	assert.deepEqual(await tracker.listArrayJobs(id), ['1.2', '1.6', '1.10']);
	await soon(tracker.waitArray(id), 'the array ends');
	for (const index of [2, 6, 10]) {
		const info = await tracker.jobInfo(`1.${index}`);
		assert.equal(info.id, `1.${index}`);
		assertExited(info, index);
		assert.deepEqual(await tracker.jobState(`1.${index}`), { state: 'Failed', subState: `exited:${index}` });
	}
});

test('a range that its step does not hit ends before it', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell(''), { begin: 1, end: 10, step: 5 });
	assert.deepEqual(await tracker.listArrayJobs(id), ['1.1', '1.6']);
});

test('tasks stand among the single jobs in the order of submission', async (t) => {
	const tracker = await withTracker(t);
	const jobs = ['1', '2.7', '2.8', '3', '4.1'];
	await tracker.addJob(shell(''));
	// Submitted while the array is still being prepared.
	await Promise.all([tracker.addArrayJob(shell(''), { begin: 7, end: 8 }), tracker.addJob(shell(''))]);
	await tracker.addArrayJob(shell(''), { begin: 1, end: 1 });
	assert.deepEqual(await tracker.listJobs(), jobs);
});

test('a task is told who it is, over what the template and the tracker say', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const id = await tracker.addArrayJob(
		shell('echo "$JOB_ID $TASK_ID $DRMAA_INDEX_VAR $MINE"', {
			jobEnvironment: { JOB_ID: 'no', TASK_ID: 'no', MINE: 'yes' },
			outputPath: join(directory, '$DRMAA2_INDEX$'),
		}),
		{ begin: 9, end: 11 },
	);
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual((await readdir(directory)).sort(), ['10', '11', '9']);
	for (const index of [9, 10, 11]) {
		assert.equal(read(directory, String(index)), `${id}.${index} ${index} TASK_ID yes\n`);
	}
});

test('the index goes into the working directory and the three paths', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	for (const index of [3, 4]) {
		await mkdir(join(directory, `work-${index}`));
		await writeFile(join(directory, `work-${index}`, `in.${index}`), `input ${index}`);
	}
	const id = await tracker.addArrayJob(
		shell('cat; pwd >&2', {
			workingDirectory: join(directory, 'work-$DRMAA2_INDEX$'),
			inputPath: 'in.$DRMAA2_INDEX$',
			outputPath: '$DRMAA2_WORKING_DIR$/out.$DRMAA2_INDEX$',
			errorPath: 'err.$DRMAA2_INDEX$.$DRMAA2_INDEX$',
		}),
		{ begin: 3, end: 4 },
	);
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Done: 2 });
	for (const index of [3, 4]) {
		const work = join(directory, `work-${index}`);
		assert.equal(read(work, `out.${index}`), `input ${index}`);
		assert.equal(read(work, `err.${index}.${index}`), `${work}\n`);
	}
});

test('an output without the index is one file, to which all tasks append', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const outputPath = join(directory, 'all');
	await writeFile(outputPath, 'of an earlier run\n');
	const id = await tracker.addArrayJob(
		shell('echo out $TASK_ID; echo err $TASK_ID >&2', { outputPath, joinFiles: true }),
		{
			begin: 1,
			end: 60,
		},
	);
	await soon(tracker.waitArray(id), 'the array ends');
	const lines = read(outputPath).trimEnd().split('\n').sort();
	const expected = Array.from({ length: 60 }, (_, i) => [`err ${i + 1}`, `out ${i + 1}`]).flat();
	assert.deepEqual(lines, expected.sort());
});

test('an array that is refused leaves a common output file whole', async (t) => {
	const tracker = await withTracker(t);
	const outputPath = join(await temporaryDirectory(t), 'all');
	await writeFile(outputPath, 'still here');
	const range = { begin: 1, end: 3 };
	await refusalOf(tracker.addArrayJob({ remoteCommand: '/nowhere', outputPath }, range));
	const input = outputPath.replace(/all$/, 'a$DRMAA2_INDEX$');
	await writeFile(input.replace('$DRMAA2_INDEX$', '2'), 'input of task 2');
	const same = shell('cat', { inputPath: input, outputPath: input.replace('$DRMAA2_INDEX$', '2') });
	assert.equal((await refusalOf(tracker.addArrayJob(same, range)))['attribute'], 'inputPath');
	assert.equal(read(outputPath), 'still here');
	assert.equal(read(input.replace('$DRMAA2_INDEX$', '2')), 'input of task 2');
	assert.deepEqual(await tracker.listJobs(), []);
});

test('input and output that are one file for every task are refused', async (t) => {
	const tracker = await withTracker(t);
	const path = '/tmp/data.$DRMAA2_INDEX$';
	const template = shell('cat', { inputPath: path, errorPath: path });
	const error = await refusalOf(tracker.addArrayJob(template, { begin: 1, end: 3 }));
	assert.deepEqual([error['code'], error['attribute']], ['InvalidArgument', 'inputPath']);
});

test('one task is waited for, controlled and read like a single job', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 3, maxParallel: 2 });
	const [first, second, third] = (await tracker.listArrayJobs(id)) as [string, string, string];
	await soon(tracker.wait(first, ['Running']), 'it runs');
	await tracker.jobControl(first, 'suspend');
	await soon(tracker.wait(first, ['Suspended']), 'it is suspended');
	await tracker.jobControl(first, 'resume');
	await soon(tracker.wait(first, ['Running']), 'it goes on');
	await soon(tracker.wait(second, ['Running']), 'the second runs, too');
	const held = tracker.wait(third, ['QueuedHeld']);
	await tracker.jobControl(third, 'hold');
	await soon(held, 'it is held');
	assert.equal((await refusalOf(tracker.jobControl(second, 'hold')))['code'], 'UnsupportedOperation');
	assert.equal((await refusalOf(tracker.jobControl(second, 'resume')))['code'], 'InvalidState');
	await tracker.jobControl(third, 'terminate');
	assert.equal((await endOf(tracker, third)).subState, 'terminated');
	await tracker.jobControl(first, 'terminate');
	const { subState, annotation } = await endOf(tracker, first);
	assert.deepEqual([subState, annotation], ['signaled:SIGKILL', 'ended by SIGKILL, terminate was requested']);
	assert.equal((await refusalOf(tracker.wait(first, ['Done'])))['code'], 'InvalidState');
	assert.equal((await refusalOf(tracker.jobControl(first, 'terminate')))['code'], 'InvalidState');
});

test('an array submitted as held starts task by task as they are released', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(shell('', { submitAsHold: true }), { begin: 1, end: 4 });
	assert.deepEqual(await statesOf(tracker, id), { QueuedHeld: 4 });
	await tracker.jobControl(`${id}.3`, 'release');
	assertExited(await endOf(tracker, `${id}.3`), 0);
	assertExited(await runJob(tracker, shell('')), 0);
	assert.deepEqual(await statesOf(tracker, id), { QueuedHeld: 3, Done: 1 });
	await tracker.jobControl(id, 'release').catch(() => {});
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Done: 4 });
});

test('the template of an array and of its tasks is the one that was submitted', async (t) => {
	const tracker = await withTracker(t);
	const template: JobTemplate = { remoteCommand: 'true', args: ['a'], jobName: 'many' };
	const id = await tracker.addArrayJob(template, { begin: 1, end: 2 });
	assert.deepEqual({ ...(await tracker.jobTemplate(id)) }, template);
	assert.equal(await tracker.jobTemplate(`${id}.2`), await tracker.jobTemplate(id));
});

test('ids that name no task, and arrays where a job is needed, are refused', async (t) => {
	const tracker = await withTracker(t);
	const single = await tracker.addJob(shell(''));
	const id = await tracker.addArrayJob(shell(''), { begin: 2, end: 6, step: 2 });
	for (const bad of ['2.1', '2.3', '2.8', '2.02', '2.2.1', '2.', '2.-2', '2.2e0', '1.1', '02.2', '3.1']) {
		assert.equal((await refusalOf(tracker.jobState(bad)))['code'], 'InvalidArgument', bad);
	}
	for (const call of [tracker.jobState(id), tracker.jobInfo(id), tracker.wait(id, ['Done'])]) {
		const error = await refusalOf(call);
		assert.equal(error['code'], 'InvalidArgument');
		assert.match(error.message, /2 is an array.*waitArray\(\).*2\.2/);
	}
	for (const job of [single, '2.2']) {
		for (const call of [tracker.listArrayJobs(job), tracker.arrayInfo(job), tracker.waitArray(job)]) {
			assert.match((await refusalOf(call)).message, /is no array/);
		}
	}
	await soon(tracker.waitArray(id), 'the array ends');
	assert.equal((await infosOf(tracker, id)).length, 3);
});
