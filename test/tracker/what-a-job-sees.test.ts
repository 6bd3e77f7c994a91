import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import {
	assertNoChildren,
	LONG,
	pidOf,
	processFacts,
	runNode,
	startNode,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('only the descriptors 0, 1 and 2', async (t) => {
	const tracker = await withTracker(t);
	const pid = await pidOf(tracker, await tracker.addJob(LONG));
	// Before, the loader may have a library open.
	await waitUntil(() => readdirSync(`/proc/${pid}/fd`).join() === '0,1,2');
});

test('only the descriptors 0, 1 and 2, also when the tracker was itself given more', async (t) => {
	const extra = Array.from({ length: 30 }, (_, i) => i + 3);
	// A shell's redirections are not closed on exec; bash knows descriptors above 9.
	const script = `${extra.map((fd) => `exec ${fd}</dev/null`).join('; ')}; exec "$@"`;
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, LONG, pidOf, say, waitUntil }) => {
			const { readdirSync } = await import('node:fs');
			const tracker = await ProcessTracker.open('descriptors', { killOnExit: true });
			const pid = await pidOf(tracker, await tracker.addJob(LONG));
			await waitUntil(() => readdirSync(`/proc/${pid}/fd`).join() === '0,1,2');
			say('clean');
			await tracker.jobControl('1', 'terminate');
		},
		{ wrapper: ['/bin/bash', '-c', script, 'sh'] },
	);
	assert.deepEqual(said, ['clean']);
});

test('an empty signal mask, and every signal at its default, also when Node has handlers', async (t) => {
	const onSignal = () => {};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGPIPE', 'SIGHUP', 'SIGUSR2'] as const) {
		process.on(signal, onSignal);
		t.after(() => process.off(signal, onSignal));
	}
	const tracker = await withTracker(t);
	const pid = await pidOf(tracker, await tracker.addJob(LONG));
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	for (const set of ['SigPnd', 'SigBlk', 'SigIgn', 'SigCgt']) {
		assert.match(status, new RegExp(`^${set}:\\s+0+$`, 'm'));
	}
});

test('a process group of its own, led by itself, in the session of the tracker', async (t) => {
	const tracker = await withTracker(t);
	const pid = await pidOf(tracker, await tracker.addJob(LONG));
	const { parent, group, session } = processFacts(pid)!;
	assert.deepEqual(
		{ parent, group, session },
		{ parent: process.pid, group: pid, session: processFacts('self')!.session },
	);
});

function descriptorLimit(pid: number | string) {
	const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))!;
	return { soft, hard };
}

test('the descriptor limit that the tracker had before it raised its own', async (t) => {
	const node = startNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const { execFileSync } = await import('node:child_process');
		// Node has raised the soft limit itself when it started; this makes it low again.
		execFileSync('prlimit', ['--pid', String(process.pid), '--nofile=128:2048']);
		const tracker = await ProcessTracker.open('limits', { killOnExit: true });
		say(await pidOf(tracker, await tracker.addJob(LONG)));
		await tracker.wait('1', ['Done']);
	});
	const pid = await node.next<number>();
	assert.deepEqual(descriptorLimit(pid), { soft: '128', hard: '2048' });
	assert.deepEqual(descriptorLimit(node.pid), { soft: '2048', hard: '2048' });
});
