import assert from 'node:assert/strict';
import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertNoChildren, LONG, read, runJob, shell, temporaryDirectory, withTracker } from '../support/index.js';

after(assertNoChildren);

const NAMES = ['in', './in', 'sub/../in', 'soft', 'hard', 'other-way/in'];

for (const attribute of ['outputPath', 'errorPath'] as const) {
	for (const name of NAMES) {
		for (const waits of [false, true]) {
			const when = waits ? 'also when the job has to wait' : 'when it starts at once';
			test(`${attribute} ${name} that is the input is refused and the file is still whole, ${when}`, async (t) => {
				const tracker = await withTracker(t, { maxRunning: 1 });
				const workingDirectory = await temporaryDirectory(t);
				await mkdir(join(workingDirectory, 'sub'));
				await writeFile(join(workingDirectory, 'in'), 'precious');
				await symlink('in', join(workingDirectory, 'soft'));
				await symlink('.', join(workingDirectory, 'other-way'));
				await link(join(workingDirectory, 'in'), join(workingDirectory, 'hard'));
				const others = waits ? [await tracker.addJob(LONG)] : [];
				const job = shell('cat', { workingDirectory, inputPath: 'in', [attribute]: name });
				await assert.rejects(tracker.addJob(job), { code: 'InvalidArgument', attribute: 'inputPath' });
				assert.equal(read(workingDirectory, 'in'), 'precious');
				assert.deepEqual(await tracker.listJobs(), others);
			});
		}
	}
}

test('with joinFiles an error path that is the input is ignored', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	await writeFile(join(workingDirectory, 'in'), 'precious');
	const streams = { inputPath: 'in', outputPath: 'out', errorPath: 'in', joinFiles: true };
	assert.equal((await runJob(tracker, shell('cat', { workingDirectory, ...streams }))).exitStatus, 0);
	assert.equal(read(workingDirectory, 'in'), 'precious');
	assert.equal(read(workingDirectory, 'out'), 'precious');
});
