import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ProcessTracker } from '../../src/index.js';
import {
	assertNoChildren,
	hasDied,
	killGroupAfter,
	LONG,
	launchersOf,
	pidOf,
	processFacts,
	readIfThere,
	shell,
	soon,
	temporaryDirectory,
	waitUntil,
} from '../support/index.js';

after(assertNoChildren);

test('the jobs go on, and are still waited for', async (t) => {
	const tracker = await ProcessTracker.open(t.name);
	const pid = await pidOf(tracker, await tracker.addJob(LONG));
	killGroupAfter(t, pid);
	await tracker.close();
	assert.equal(hasDied(pid), false);
	process.kill(pid, 'SIGTERM');
	await waitUntil(() => processFacts(pid) === undefined, 'it is waited for');
});

test('jobs that wait for their turn still get it', async (t) => {
	const tracker = await ProcessTracker.open(t.name, { maxRunning: 1 });
	const workingDirectory = await temporaryDirectory(t);
	const pid = await pidOf(tracker, await tracker.addJob(LONG));
	killGroupAfter(t, pid);
	await tracker.addJob(shell('echo ran > trace', { workingDirectory }));
	await tracker.close();
	process.kill(pid, 'SIGKILL');
	await waitUntil(() => readIfThere(workingDirectory, 'trace') === 'ran\n');
});

test('all who wait are rejected with InvalidSession', async (t) => {
	const tracker = await ProcessTracker.open(t.name, { maxRunning: 1 });
	const id = await tracker.addJob(LONG);
	const pid = await pidOf(tracker, id);
	killGroupAfter(t, pid);
	const waits = [tracker.wait(id, ['Done']), tracker.wait(id, ['Failed'], { timeout: 1e6 })];
	const refused = waits.map((wait) => assert.rejects(wait, { code: 'InvalidSession', message: /open it again/ }));
	await tracker.close();
	await soon(Promise.all(refused), 'all are rejected');
});

test('every later call is InvalidSession, only closing again is not', async (t) => {
	const tracker = await ProcessTracker.open(t.name);
	await Promise.all([tracker.close(), tracker.close()]);
	await tracker.close();
	const calls = [
		tracker.addJob(LONG),
		tracker.listJobs(),
		tracker.listJobCategories(),
		tracker.jobState('1'),
		tracker.jobInfo('1'),
		tracker.jobTemplate('1'),
		tracker.jobControl('1', 'terminate'),
		tracker.wait('1', ['Done']),
		tracker.deleteJob('1'),
	];
	for (const call of calls) {
		await assert.rejects(call, { name: 'Drmaa2Error', code: 'InvalidSession' });
	}
});

test('what is asked for in the same breath as closing gets an answer', async (t) => {
	const tracker = await ProcessTracker.open(t.name);
	const id = await tracker.addJob(LONG);
	killGroupAfter(t, await pidOf(tracker, id));
	const submissions = Array.from({ length: 20 }, () => tracker.addJob(shell('exit 0')));
	const control = tracker.jobControl(id, 'terminate');
	const closing = tracker.close();
	await soon(Promise.all([...submissions, control, closing]), 'all get their answer');
});

test('await using closes it', async (t) => {
	let tracker: ProcessTracker;
	{
		await using scoped = await ProcessTracker.open(t.name);
		tracker = scoped;
		await tracker.listJobs();
	}
	await assert.rejects(tracker.listJobs(), { code: 'InvalidSession' });
});

test('with the last job of the last tracker the launcher leaves, and a new tracker starts another', async (t) => {
	for (let round = 0; round < 3; round++) {
		const tracker = await ProcessTracker.open(t.name);
		const id = await tracker.addJob(shell('exit 0'));
		assert.equal(launchersOf(process.pid).length, 1);
		await tracker.wait(id, ['Done']);
		await tracker.close();
		await waitUntil(() => launchersOf(process.pid).length === 0);
	}
});
