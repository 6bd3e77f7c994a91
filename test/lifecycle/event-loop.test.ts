import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { after, test } from 'node:test';
import {
	assertNoChildren,
	killGroupAfter,
	processFacts,
	read,
	runJob,
	runNode,
	shell,
	startNode,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('a tracker alone does not keep Node alive', async (t) => {
	await runNode(t, async ({ ProcessTracker }) => {
		await ProcessTracker.open('open');
	});
});

test('a running job does not keep Node alive', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const tracker = await ProcessTracker.open('running');
		say(await pidOf(tracker, await tracker.addJob(LONG)));
	});
	killGroupAfter(t, said[0] as number);
	assert.equal(processFacts(said[0] as number)?.name, 'sleep');
});

test('a pending addJob, wait and jobControl keep Node alive', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, say, shell }) => {
		const tracker = await ProcessTracker.open('waiting');
		const id = await tracker.addJob(shell('kill -STOP $$; sleep 0.1; exit 5'));
		await tracker.wait(id, ['Suspended']);
		await tracker.jobControl(id, 'resume');
		await tracker.wait(id, ['Failed']);
		say((await tracker.jobInfo(id)).subState);
	});
	assert.deepEqual(said, ['exited:5']);
});

test('Node does not end while a wait is pending, and ends after it', async (t) => {
	const node = startNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const tracker = await ProcessTracker.open('waiting');
		const id = await tracker.addJob(LONG);
		say(await pidOf(tracker, id));
		process.on('beforeExit', () => say('beforeExit'));
		say(await tracker.wait(id, ['Failed']));
	});
	const pid = await node.next<number>();
	killGroupAfter(t, pid);
	process.kill(pid, 'SIGTERM');
	const { code, said } = await node.ended;
	assert.equal(code, 0);
	assert.deepEqual(said.slice(1), ['Failed', 'beforeExit']);
});

test('a wait that ends early lets Node go', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const tracker = await ProcessTracker.open('waiting', { killOnExit: true });
		const id = await tracker.addJob(LONG);
		await tracker.wait(id, ['Failed'], { timeout: 5 }).catch(({ code }) => say(code));
		await pidOf(tracker, id);
	});
	assert.deepEqual(said, ['Timeout']);
});

test('no end of a job is signalled to the main thread', async (t) => {
	const tracker = await withTracker(t);
	await runJob(tracker, shell(''));
	const engines = readdirSync('/proc/self/task').filter(
		(id) => read('/proc/self/task', id, 'comm') === 'ospt-engine\n',
	);
	assert.equal(engines.length, 1);
	for (const id of engines) {
		const blocked = /^SigBlk:\s*(\w+)$/m.exec(read('/proc/self/task', id, 'status'))?.[1];
		// It is the parent of all jobs. What it blocked, the kernel would keep and give to another thread.
		assert.equal((BigInt(`0x${blocked}`) >> BigInt(constants.signals.SIGCHLD - 1)) & 1n, 0n);
	}
});
