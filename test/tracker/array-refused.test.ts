import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ArrayRange, JobTemplate } from '../../src/index.js';
import {
	assertExited,
	assertLaunchFailed,
	assertNoChildren,
	infosOf,
	refusalOf,
	shell,
	soon,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

const RANGES: readonly (readonly [unknown, string])[] = [
	[undefined, 'range'],
	[null, 'range'],
	[[1, 2], 'range'],
	[{}, 'begin'],
	[{ begin: 1 }, 'end'],
	[{ begin: 0, end: 3 }, 'begin'],
	[{ begin: -1, end: 3 }, 'begin'],
	[{ begin: 1.5, end: 3 }, 'begin'],
	[{ begin: Number.NaN, end: 3 }, 'begin'],
	[{ begin: '1', end: 3 }, 'begin'],
	[{ begin: 1n, end: 3 }, 'begin'],
	[{ begin: 4, end: 3 }, 'end'],
	[{ begin: 1, end: Number.POSITIVE_INFINITY }, 'end'],
	[{ begin: 1, end: 2 ** 32 }, 'end'],
	[{ begin: 1, end: 3, step: 0 }, 'step'],
	[{ begin: 1, end: 3, step: -1 }, 'step'],
	[{ begin: 1, end: 3, step: 0.5 }, 'step'],
	[{ begin: 1, end: 3, step: null }, 'step'],
	[{ begin: 1, end: 3, maxParallel: 0 }, 'maxParallel'],
	[{ begin: 1, end: 3, maxParallel: -2 }, 'maxParallel'],
	[{ begin: 1, end: 3, maxParallel: 1.5 }, 'maxParallel'],
	[{ begin: 1, end: 3, maxParalel: 2 }, 'maxParalel'],
];

test('a range that makes no sense is refused before anything starts', async (t) => {
	const tracker = await withTracker(t);
	for (const [range, attribute] of RANGES) {
		const error = await refusalOf(tracker.addArrayJob(shell('exit 1'), range as ArrayRange));
		assert.deepEqual(
			[error['code'], error['attribute']],
			['InvalidArgument', attribute],
			JSON.stringify(error.message),
		);
	}
	assert.deepEqual(await tracker.listJobs(), []);
});

test('the smallest and the largest ranges are accepted', async (t) => {
	const tracker = await withTracker(t);
	const largest = 2 ** 32 - 1;
	for (const range of [
		{ begin: 1, end: 1, step: largest, maxParallel: largest },
		{ begin: largest, end: largest },
		{ begin: 1, end: largest, step: largest - 1, maxParallel: undefined },
	]) {
		const id = await tracker.addArrayJob(shell(''), range);
		await soon(tracker.waitArray(id), 'the array ends');
		assert.equal(
			(await tracker.arrayInfo(id)).states.Done,
			range.end === range.begin || range.begin === largest ? 1 : 2,
		);
	}
	const id = await tracker.addArrayJob(shell('', { submitAsHold: true }), { begin: 1, end: largest });
	assert.equal((await tracker.arrayInfo(id)).taskCount, largest);
	await tracker.jobControl(`${id}.${largest}`, 'release');
	await soon(tracker.wait(`${id}.${largest}`, ['Done']), 'the last task ends');
	await tracker.jobControl(id, 'terminate');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.equal((await tracker.arrayInfo(id)).states.Failed, largest - 1);
	// Nobody should list them.
	await tracker.deleteJob(id);
});

test('a template that cannot start at all is refused, and says why as for a single job', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const cases: readonly (readonly [JobTemplate, string, string, string])[] = [
		[{ remoteCommand: 'no-such-command' }, 'remoteCommand', 'exec', 'ENOENT'],
		[{ remoteCommand: '/etc/passwd' }, 'remoteCommand', 'exec', 'EACCES'],
		[shell('', { workingDirectory: join(directory, 'no') }), 'workingDirectory', 'chdir', 'ENOENT'],
		[shell('', { inputPath: join(directory, 'no') }), 'inputPath', 'stdin', 'ENOENT'],
		[shell('', { outputPath: join(directory, 'no/out') }), 'outputPath', 'stdout', 'ENOENT'],
		[shell('', { errorPath: directory }), 'errorPath', 'stderr', 'EISDIR'],
	];
	for (const [template, attribute, stage, errno] of cases) {
		const error = await refusalOf(tracker.addArrayJob(template, { begin: 1, end: 1000 }));
		assert.deepEqual(
			[error['code'], error['attribute'], error['stage'], error['errno']],
			['InvalidArgument', attribute, stage, errno],
		);
	}
	assert.deepEqual(await tracker.listJobs(), []);
});

test('the template is validated as for a single job', async (t) => {
	const tracker = await withTracker(t);
	const range = { begin: 1, end: 2 };
	const bad = [
		{ template: { remoteCommand: '' }, code: 'InvalidArgument' },
		{ template: { remoteCommand: 'true', nonsense: 1 }, code: 'InvalidArgument' },
		{ template: { remoteCommand: 'true', email: ['a'] }, code: 'UnsupportedAttribute' },
		{ template: { remoteCommand: 'true', args: ['a\0b'] }, code: 'InvalidArgument' },
		{ template: { remoteCommand: 'true', jobEnvironment: { A: '\0' } }, code: 'InvalidArgument' },
		{ template: { remoteCommand: 'true', workingDirectory: 'x$DRMAA2_INDEX$' }, code: 'InvalidArgument' },
	];
	for (const { template, code } of bad) {
		assert.equal((await refusalOf(tracker.addArrayJob(template as JobTemplate, range)))['code'], code);
	}
});

test('a task that cannot start alone is Failed, says why, and the others go on', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	for (const index of [1, 3, 4]) {
		await writeFile(join(directory, `in.${index}`), String(index));
	}
	const id = await tracker.addArrayJob(shell('exit $(cat)', { inputPath: join(directory, 'in.$DRMAA2_INDEX$') }), {
		begin: 1,
		end: 5,
		maxParallel: 1,
	});
	await soon(tracker.waitArray(id), 'the array ends');
	const infos = await infosOf(tracker, id);
	for (const index of [1, 3, 4]) {
		assertExited(infos[index - 1]!, index);
	}
	for (const index of [2, 5]) {
		const info = infos[index - 1]!;
		assertLaunchFailed(info, 'stdin', 'ENOENT');
		assert.ok(info.annotation?.includes(`in.${index}"`), info.annotation);
	}
});

test('a submission that is aborted before it is accepted leaves nothing', async (t) => {
	const tracker = await withTracker(t);
	const controller = new AbortController();
	const submission = tracker.addArrayJob(shell(''), { begin: 1, end: 9 }, { signal: controller.signal });
	controller.abort(new Error('changed my mind'));
	await assert.rejects(submission, { message: 'changed my mind' });
	await assert.rejects(tracker.addArrayJob(shell(''), { begin: 1, end: 9 }, { signal: controller.signal }), {
		message: 'changed my mind',
	});
	assert.deepEqual(await tracker.listJobs(), []);
});
