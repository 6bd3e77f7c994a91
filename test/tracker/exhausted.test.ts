import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import {
	AS_NOBODY,
	assertNoChildren,
	launchersOf,
	type NodeProcess,
	runNode,
	startNode,
	unreachableForNobody,
	waitUntil,
} from '../support/index.js';

after(assertNoChildren);

/** Sets a soft limit of another process, as the user it runs as. It could not do so itself while the limit is in force. */
function limit(pid: number, resource: 'nproc' | 'nofile', soft: number) {
	const become = resource === 'nproc' ? AS_NOBODY : [];
	const [command = '', ...args] = [...become, 'prlimit', '--pid', String(pid), `--${resource}=${soft}:`];
	execFileSync(command, args);
}

/** A tracker that submits a job for every line it reads, and tells what came of it. */
function submitter(t: Parameters<typeof startNode>[0], wrapper: readonly string[] = []): NodeProcess {
	return startNode(
		t,
		async ({ ProcessTracker, endOf, say }) => {
			const { createInterface } = await import('node:readline');
			const tracker = await ProcessTracker.open('exhausted', { killOnExit: true });
			say('ready');
			for await (const line of createInterface(process.stdin)) {
				const command = { remoteCommand: `/bin/${line}`, workingDirectory: '/' };
				try {
					const id = await tracker.addJob(command);
					say((await endOf(tracker, id)).state);
				} catch (error) {
					const { code, stage, errno, message } = error as Record<string, string>;
					say([code, stage, errno, /again|close|raise/.test(message!), await tracker.listJobs()]);
				}
				for (const id of await tracker.listJobs()) {
					await tracker.deleteJob(id);
				}
			}
			await tracker.close();
		},
		{ wrapper },
	);
}

async function submit(node: NodeProcess) {
	node.child.stdin?.write('true\n');
	return await node.next();
}

for (const who of ['launcher', 'Node'] as const) {
	const name = `when ${who} can make no process, that is TryLater, and it works again afterwards`;
	test(name, { skip: unreachableForNobody() }, async (t) => {
		const node = submitter(t, AS_NOBODY);
		assert.equal(await node.next(), 'ready');
		if (who === 'launcher') {
			assert.equal(await submit(node), 'Done');
		}
		const pid = who === 'launcher' ? launchersOf(node.pid)[0]! : node.pid;
		limit(pid, 'nproc', 0);
		const stage = who === 'launcher' ? 'clone' : 'launcher';
		assert.deepEqual(await submit(node), ['TryLater', stage, 'EAGAIN', true, []]);
		limit(pid, 'nproc', 10_000);
		assert.equal(await submit(node), 'Done');
		node.child.stdin?.end();
		assert.equal((await node.ended).code, 0);
	});
}

test('when no descriptor is to be had, that is OutOfResource, and it works again afterwards', async (t) => {
	const node = submitter(t);
	assert.equal(await node.next(), 'ready');
	assert.equal(await submit(node), 'Done');
	const descriptors = () => readdirSync(`/proc/${node.pid}/fd`).length;
	const before = descriptors();
	limit(node.pid, 'nofile', 3);
	assert.deepEqual(await submit(node), ['OutOfResource', 'launcher', 'EMFILE', true, []]);
	limit(node.pid, 'nofile', 1000);
	assert.equal(await submit(node), 'Done');
	await waitUntil(() => descriptors() <= before, 'no descriptor is leaked');
});

test('more jobs than descriptors: those that are accepted run or wait, and all come to their end', async (t) => {
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, LONG, endOf, runJob, say, shell }) => {
			const tracker = await ProcessTracker.open('exhausted', { killOnExit: true });
			const results = await Promise.allSettled(Array.from({ length: 120 }, () => tracker.addJob(LONG)));
			const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
			const ids = await tracker.listJobs();
			say(codes.every((code) => code === 'OutOfResource' || code === 'TryLater'));
			say(codes.length + ids.length);
			for (const id of ids) {
				await tracker.jobControl(id, 'terminate');
			}
			for (const id of ids) {
				const { terminatingSignal, subState } = await endOf(tracker, id);
				if (terminatingSignal !== 'SIGKILL' && subState !== 'terminated') {
					say([id, terminatingSignal, subState]);
				}
			}
			say((await runJob(tracker, shell('exit 0'))).state);
		},
		{ wrapper: ['prlimit', '--nofile=80:80'] },
	);
	assert.deepEqual(said, [true, 120, 'Done']);
});

test('a queued job that cannot be started for want of processes waits on', {
	skip: unreachableForNobody(),
}, async (t) => {
	const node = startNode(
		t,
		async ({ ProcessTracker, LONG, endOf, say }) => {
			const tracker = await ProcessTracker.open('exhausted', { killOnExit: true, maxRunning: 1 });
			const first = await tracker.addJob({ ...LONG, workingDirectory: '/' });
			const second = await tracker.addJob({ remoteCommand: '/bin/true', workingDirectory: '/' });
			say('ready');
			process.stdin.once('data', async () => {
				await tracker.jobControl(first, 'terminate');
				await endOf(tracker, first);
				say((await tracker.jobState(second)).state);
				say((await endOf(tracker, second)).state);
				process.stdin.destroy();
			});
		},
		{ wrapper: AS_NOBODY },
	);
	assert.equal(await node.next(), 'ready');
	const [launcher] = launchersOf(node.pid);
	limit(launcher!, 'nproc', 0);
	node.child.stdin?.write('go\n');
	assert.equal(await node.next(), 'Queued');
	limit(launcher!, 'nproc', 10_000);
	assert.equal(await node.next(), 'Done');
});
