import assert from 'node:assert/strict';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { JobTemplate } from '../../src/index.js';
import {
	assertExited,
	assertLaunchFailed,
	assertNoChildren,
	endOf,
	LONG,
	shell,
	soon,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

/** Everything is there when the job is submitted; then it breaks. */
const BREAKS: Readonly<Record<string, (directory: string) => Promise<void>>> = {
	'exec:ENOENT': (directory) => rm(join(directory, 'tool')),
	'exec:EACCES': (directory) => chmod(join(directory, 'tool'), 0o644),
	'chdir:ENOENT': (directory) => rm(join(directory, 'place'), { recursive: true }),
	'chdir:ENOTDIR': async (directory) => {
		await rm(join(directory, 'place'), { recursive: true });
		await writeFile(join(directory, 'place'), '');
	},
	'stdin:ENOENT': (directory) => rm(join(directory, 'in')),
	'stdout:ENOENT': (directory) => rm(join(directory, 'logs'), { recursive: true }),
	'stderr:EISDIR': (directory) => mkdir(join(directory, 'err')),
};

async function prepare(directory: string): Promise<JobTemplate> {
	await writeFile(join(directory, 'tool'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
	await writeFile(join(directory, 'in'), '');
	await mkdir(join(directory, 'place'));
	await mkdir(join(directory, 'logs'));
	return {
		remoteCommand: join(directory, 'tool'),
		workingDirectory: join(directory, 'place'),
		inputPath: '../in',
		outputPath: join(directory, 'logs/out'),
		errorPath: join(directory, 'err'),
	};
}

for (const [what, makeBreak] of Object.entries(BREAKS)) {
	for (const held of [false, true]) {
		test(`a job whose launch fails later is Failed with ${what} (${held ? 'held' : 'queued'})`, async (t) => {
			const tracker = await withTracker(t, { maxRunning: 1 });
			const directory = await temporaryDirectory(t);
			const first = await tracker.addJob(LONG);
			const id = await tracker.addJob({ ...(await prepare(directory)), submitAsHold: held });
			const next = await tracker.addJob(shell('exit 0'));
			const forRunning = assert.rejects(tracker.wait(id, ['Running', 'Done']), {
				code: 'InvalidState',
				message: new RegExp(`launch:${what}`),
			});
			await makeBreak(directory);
			await (held ? tracker.jobControl(id, 'release') : undefined);
			await tracker.jobControl(first, 'terminate');
			const [stage = '', errno = ''] = what.split(':');
			assertLaunchFailed(await endOf(tracker, id), stage, errno);
			await soon(forRunning, 'who waits for Running is rejected');
			assertExited(await endOf(tracker, next), 0);
			await assert.rejects(tracker.jobControl(id, 'terminate'), { code: 'InvalidState' });
			await tracker.deleteJob(id);
		});
	}
}
