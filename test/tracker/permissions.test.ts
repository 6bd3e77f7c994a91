import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AS_NOBODY, assertNoChildren, runNode, temporaryDirectory, unreachableForNobody } from '../support/index.js';

after(assertNoChildren);

const CASES = [
	['workingDirectory', { workingDirectory: 'DIR/locked' }],
	['outputPath', { outputPath: 'DIR/readonly/out' }],
	['errorPath', { errorPath: 'DIR/readonly/err' }],
	['inputPath', { inputPath: 'DIR/secret' }],
	['outputPath', { outputPath: 'DIR/secret' }],
	['remoteCommand', { remoteCommand: 'DIR/secret' }],
] as const;

for (const [attribute, more] of CASES) {
	for (const submitAsHold of [false, true]) {
		const what = Object.values(more)[0];
		const name = `${attribute} ${what} is refused to who has no permission${submitAsHold ? ', also held' : ''}`;
		test(name, { skip: unreachableForNobody() }, async (t) => {
			const directory = await temporaryDirectory(t);
			await mkdir(join(directory, 'locked'));
			await mkdir(join(directory, 'readonly'));
			await writeFile(join(directory, 'secret'), '#!/bin/sh\n');
			await chmod(join(directory, 'secret'), 0);
			await chmod(join(directory, 'locked'), 0);
			await chmod(join(directory, 'readonly'), 0o555);
			const template = { remoteCommand: '/bin/true', workingDirectory: '/', submitAsHold, ...more };
			const { said } = await runNode(
				t,
				async ({ ProcessTracker, runJob, say }, text) => {
					const tracker = await ProcessTracker.open('permissions');
					await tracker.addJob(JSON.parse(text)).catch(({ code, attribute, errno, message }) => {
						say([code, attribute, errno, /permission|executable/.test(message)]);
					});
					say(await tracker.listJobs());
					say((await runJob(tracker, { remoteCommand: '/bin/true', workingDirectory: '/' })).state);
				},
				{ wrapper: AS_NOBODY, argument: JSON.stringify(template).replaceAll('DIR', directory) },
			);
			assert.deepEqual(said, [['InvalidArgument', attribute, 'EACCES', true], [], 'Done']);
		});
	}
}
