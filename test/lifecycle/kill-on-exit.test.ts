import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { after, test } from 'node:test';
import {
	assertNoChildren,
	hasDied,
	killGroupAfter,
	launchersOf,
	makeFifo,
	type NodeProcess,
	startNode,
	temporaryDirectory,
	waitUntil,
} from '../support/index.js';

after(assertNoChildren);

function guarded(t: Parameters<typeof startNode>[0]): NodeProcess {
	return startNode(t, async ({ ProcessTracker, LONG, pidOf, say }) => {
		const tracker = await ProcessTracker.open('guarded', { killOnExit: true });
		say(await pidOf(tracker, await tracker.addJob(LONG)));
		await tracker.wait('1', ['Done']);
	});
}

test('jobs die with Node also when the launcher was killed before', async (t) => {
	const node = guarded(t);
	const pid = await node.next<number>();
	killGroupAfter(t, pid);
	for (let round = 0; round < 3; round++) {
		const [launcher] = launchersOf(node.pid);
		process.kill(launcher!, 'SIGKILL');
		await waitUntil(() => launchersOf(node.pid).some((other) => other !== launcher), 'another guards the jobs');
	}
	assert.equal(hasDied(pid), false);
	process.kill(node.pid, 'SIGKILL');
	await node.ended;
	await waitUntil(() => hasDied(pid), 'the job dies');
});

test('a job that is suspended dies as well', async (t) => {
	const node = guarded(t);
	const pid = await node.next<number>();
	killGroupAfter(t, pid);
	process.kill(-pid, 'SIGSTOP');
	process.kill(node.pid, 'SIGKILL');
	await waitUntil(() => hasDied(pid), 'the job dies');
});

/** A guarded job whose process exists, and whose program does not run yet: it waits for a writer of its input. */
async function launching(t: Parameters<typeof startNode>[0]) {
	const fifo = makeFifo(await temporaryDirectory(t));
	const node = startNode(
		t,
		async ({ ProcessTracker, LONG, launchersOf, runJob, say, shell }, inputPath) => {
			const tracker = await ProcessTracker.open('guarded', { killOnExit: true });
			await runJob(tracker, shell('exit 0'));
			say(launchersOf(process.pid)[0]);
			await tracker.addJob({ ...LONG, inputPath });
			say('running');
			await tracker.wait('2', ['Done']);
		},
		{ argument: fifo },
	);
	const launcher = await node.next<number>();
	await waitUntil(() => launchersOf(node.pid).length === 2, 'the job waits for a writer');
	const job = launchersOf(node.pid).find((pid) => pid !== launcher);
	killGroupAfter(t, job!);
	return { node, fifo, launcher, job: job! };
}

test('a job that is just being launched dies with Node', async (t) => {
	const { node, job } = await launching(t);
	process.kill(node.pid, 'SIGKILL');
	await waitUntil(() => hasDied(job), 'the job dies');
});

test('a job that was being launched when the launcher was killed dies with Node', async (t) => {
	const { node, fifo, launcher, job } = await launching(t);
	process.kill(launcher, 'SIGKILL');
	await waitUntil(() => hasDied(launcher));
	const writer = await open(fifo, 'w');
	assert.equal(await node.next(), 'running');
	await writer.close();
	process.kill(node.pid, 'SIGKILL');
	await node.ended;
	await waitUntil(() => hasDied(job), 'the job dies');
});

test('a job that is still being launched when the launcher was killed dies with Node', async (t) => {
	const { node, launcher, job } = await launching(t);
	process.kill(launcher, 'SIGKILL');
	await waitUntil(() => !launchersOf(node.pid).includes(launcher), 'it is waited for');
	await waitUntil(() => launchersOf(node.pid).length === 2, 'another guards the launch');
	process.kill(node.pid, 'SIGKILL');
	await node.ended;
	await waitUntil(() => hasDied(job), 'the job dies');
});
