import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { after, test } from 'node:test';
import { assertNoChildren, killGroupAfter, read, startNode, temporaryDirectory } from '../support/index.js';

after(assertNoChildren);

const ONLY_ROOT = { skip: process.getuid?.() !== 0 && 'only root can become another user' };

test('a program that gives up its privileges starts no more jobs with them', ONLY_ROOT, async (t) => {
	const directory = await temporaryDirectory(t);
	await chmod(directory, 0o777);
	const node = startNode(
		t,
		async ({ ProcessTracker, LONG, childrenOf, pidOf, runJob, say, shell, waitUntil }, directory) => {
			const tracker = await ProcessTracker.open('change-of-user');
			const home = { workingDirectory: directory };
			await runJob(tracker, shell('id -u', { ...home, outputPath: 'before' }));
			const long = await tracker.addJob({ ...LONG, workingDirectory: '/' });
			say(await pidOf(tracker, long));

			process.setgid?.(65534);
			process.setuid?.(65534);
			say((await runJob(tracker, shell('id -u', { ...home, outputPath: 'after' }))).jobOwner);
			const launchers = () => childrenOf(process.pid).filter(({ name }) => name === 'os-process-laun').length;
			await waitUntil(() => launchers() === 1, 'the old launcher has left');

			// The job of the former user is out of reach, and goes on.
			for (const action of ['suspend', 'terminate'] as const) {
				await tracker.jobControl(long, action).catch(({ code, errno, message }) => {
					say([code, errno, /CAP_KILL/.test(message)]);
				});
			}
			say(await tracker.jobState(long));
		},
		{ argument: directory },
	);
	killGroupAfter(t, await node.next<number>());
	const { code, said, stderr } = await node.ended;
	assert.equal(code, 0, stderr);
	assert.deepEqual(said.slice(2), [
		['DeniedByDrms', 'EPERM', true],
		['DeniedByDrms', 'EPERM', true],
		{ state: 'Running' },
	]);
	assert.notEqual(said[1], 'root');
	assert.equal(read(directory, 'before'), '0\n');
	assert.equal(read(directory, 'after'), '65534\n');
});
