import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import {
	assertExited,
	assertKilled,
	assertNoChildren,
	endOf,
	processFacts,
	shell,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('children of child_process and jobs live side by side, and each end reaches its own', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 8 });
	const ends = Array.from({ length: 200 }, async (_, i) => {
		const script = i % 10 === 9 ? 'kill -KILL $$' : `exit ${i}`;
		if (i % 2 === 0) {
			const id = await tracker.addJob(shell(script));
			assertExited(await endOf(tracker, id), i);
		} else {
			const [code, signal] = await once(spawn('/bin/sh', ['-c', script]), 'exit');
			assert.deepEqual([code, signal], i % 10 === 9 ? [null, 'SIGKILL'] : [i, null]);
		}
	});
	await Promise.all(ends);
	assertKilled(await endOf(tracker, await tracker.addJob(shell('kill -KILL $$'))), 'SIGKILL');
});

test('a child of child_process that is stopped and continued is not disturbed', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('kill -STOP $$; exit 3'));
	const child = spawn('/bin/sh', ['-c', 'kill -STOP $$; exit 4']);
	let exits = 0;
	child.on('exit', () => exits++);
	const ended = once(child, 'exit');
	await waitUntil(() => processFacts(child.pid!)?.state === 'T', 'the child is stopped');
	await tracker.wait(id, ['Suspended']);
	assert.equal(exits, 0);
	child.kill('SIGCONT');
	assert.deepEqual(await ended, [4, null]);
	await tracker.jobControl(id, 'resume');
	assertExited(await endOf(tracker, id), 3);
	assert.equal(exits, 1);
});

test('the exit code of a child that was there before the tracker is not lost', async (t) => {
	const child = spawn('/bin/sh', ['-c', 'read x; exit 9'], { stdio: ['pipe', 'ignore', 'ignore'] });
	const ended = once(child, 'exit');
	const tracker = await withTracker(t);
	assertExited(await endOf(tracker, await tracker.addJob(shell('exit 1'))), 1);
	child.stdin.end('go\n');
	assert.deepEqual(await ended, [9, null]);
});
