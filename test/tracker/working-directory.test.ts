import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HOME_DIR, type JobTemplate, PARAMETRIC_INDEX, type ProcessTracker, WORKING_DIR } from '../../src/index.js';
import {
	assertExited,
	assertNoChildren,
	read,
	runJob,
	shell,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

async function printedDirectory(tracker: ProcessTracker, outputPath: string, template: Partial<JobTemplate>) {
	assertExited(await runJob(tracker, shell('pwd -P', { outputPath, ...template })), 0);
	return read(outputPath).trim();
}

test('the default is the current directory of the tracker at the time of the submission', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const before = process.cwd();
	t.after(() => process.chdir(before));
	assert.equal(await printedDirectory(tracker, join(directory, 'first'), {}), before);
	process.chdir(directory);
	assert.equal(await printedDirectory(tracker, join(directory, 'second'), {}), directory);
});

test('a job starts in the directory that the template names', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const workingDirectory = join(directory, 'with space ü');
	await mkdir(workingDirectory);
	assert.equal(await printedDirectory(tracker, join(directory, 'out'), { workingDirectory }), workingDirectory);
});

test('a step upwards follows symbolic links as the kernel does', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	await mkdir(join(directory, 'deep/inside'), { recursive: true });
	await symlink('deep/inside', join(directory, 'link'));
	const workingDirectory = `${directory}/link/..`;
	assert.equal(await printedDirectory(tracker, join(directory, 'out'), { workingDirectory }), join(directory, 'deep'));
});

test('HOME_DIR stands for the home directory', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const out = join(directory, 'out');
	assert.equal(await printedDirectory(tracker, out, { workingDirectory: HOME_DIR }), homedir());
});

test('WORKING_DIR stands for the working directory in the paths of the streams', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	await mkdir(join(workingDirectory, 'logs'));
	const job = shell('pwd -P', { workingDirectory, outputPath: `${WORKING_DIR}/logs/out` });
	assertExited(await runJob(tracker, job), 0);
	assert.equal(read(workingDirectory, 'logs/out'), `${workingDirectory}\n`);
});

for (const attribute of ['workingDirectory', 'inputPath', 'outputPath', 'errorPath'] as const) {
	test(`INDEX in ${attribute} is refused: a single job has none`, async (t) => {
		const tracker = await withTracker(t);
		const job = shell('exit 0', { [attribute]: `/tmp/${PARAMETRIC_INDEX}` });
		await assert.rejects(tracker.addJob(job), { code: 'InvalidArgument', attribute, message: /array job/ });
		assert.deepEqual(await tracker.listJobs(), []);
	});
}
