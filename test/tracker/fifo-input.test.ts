import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
	assertExited,
	assertKilled,
	assertNoChildren,
	childrenOf,
	endOf,
	LONG,
	makeFifo,
	read,
	runJob,
	runNode,
	shell,
	soon,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

/** A process between its making and its program still has the name of the launcher. */
const launching = () => childrenOf(process.pid).filter(({ name }) => name === 'os-process-laun').length - 1;

test('a job with a FIFO as input starts when a writer comes, and others start meanwhile', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const fifo = makeFifo(directory);
	const outputPath = join(directory, 'out');
	let settled = false;
	const submission = tracker.addJob(shell('cat', { inputPath: fifo, outputPath })).finally(() => {
		settled = true;
	});
	for (let i = 0; i < 20; i++) {
		assertExited(await runJob(tracker, shell(`exit ${i}`)), i);
	}
	assert.equal(settled, false);
	assert.equal((await tracker.listJobs()).includes('1'), false);
	const writer = await open(fifo, 'w');
	await writer.writeFile('at last');
	await writer.close();
	const id = await soon(submission, 'the job is accepted');
	assertExited(await endOf(tracker, id), 0);
	assert.equal(read(outputPath), 'at last');
});

test('a submission that is given up leaves nothing behind', async (t) => {
	const tracker = await withTracker(t);
	const inputPath = makeFifo(await temporaryDirectory(t));
	const controller = new AbortController();
	const submission = tracker.addJob(shell('cat', { inputPath }), { signal: controller.signal });
	await waitUntil(() => launching() === 1, 'it waits for a writer');
	controller.abort();
	await assert.rejects(soon(submission, 'the submission is rejected'), { name: 'AbortError' });
	assert.equal(launching(), 0);
	assert.deepEqual(await tracker.listJobs(), []);
	assertExited(await runJob(tracker, shell('exit 0')), 0);
});

test('closing the tracker ends a submission that hangs', async (t) => {
	const tracker = await withTracker(t);
	const inputPath = makeFifo(await temporaryDirectory(t));
	const refused = assert.rejects(tracker.addJob(shell('cat', { inputPath })), { code: 'InvalidSession' });
	await waitUntil(() => launching() === 1, 'it waits for a writer');
	await soon(tracker.close(), 'the tracker closes');
	await refused;
	await waitUntil(() => childrenOf(process.pid).length === 0);
});

test('Node ends with process.exit while a submission hangs', async (t) => {
	const argument = makeFifo(await temporaryDirectory(t));
	await runNode(
		t,
		async ({ ProcessTracker, childrenOf, shell, waitUntil }, inputPath) => {
			const tracker = await ProcessTracker.open('fifo', { killOnExit: true });
			void tracker.addJob(shell('cat', { inputPath }));
			await waitUntil(() => childrenOf(process.pid).length === 2);
			process.exit(0);
		},
		{ argument },
	);
});

test('a queued job that hangs when its turn comes can be terminated', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const inputPath = makeFifo(await temporaryDirectory(t));
	const first = await tracker.addJob(LONG);
	const id = await tracker.addJob(shell('cat', { inputPath }));
	await tracker.jobControl(first, 'terminate');
	await waitUntil(() => launching() === 1, 'it waits for a writer');
	assert.equal((await tracker.jobState(id)).state, 'Queued');
	await assert.rejects(tracker.jobControl(id, 'hold'), { code: 'TryLater' });
	await tracker.jobControl(id, 'terminate');
	assertKilled(await endOf(tracker, id), 'SIGKILL', { terminated: true });
	assertExited(await runJob(tracker, shell('exit 0')), 0);
});
