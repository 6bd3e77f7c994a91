import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	assertStarted,
	compile,
	endOf,
	LONG,
	membersOf,
	pidOf,
	processFacts,
	readIfThere,
	refusalOf,
	shell,
	soon,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('suspend stops the whole group, resume lets it go on, and the info follows', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('sleep 60 & sleep 60 & wait'));
	const pid = await pidOf(tracker, id);
	await waitUntil(() => membersOf(pid).filter(({ name }) => name === 'sleep').length === 2);
	assertStarted(await tracker.jobInfo(id), 'Running');
	await tracker.jobControl(id, 'suspend');
	assert.equal(await soon(tracker.wait(id, ['Suspended']), 'it is suspended'), 'Suspended');
	assertStarted(await tracker.jobInfo(id), 'Suspended', 'stopped:SIGTSTP');
	await waitUntil(() => membersOf(pid).every(({ state }) => state === 'T'), 'all are stopped');
	await tracker.jobControl(id, 'resume');
	assert.equal(await soon(tracker.wait(id, ['Running']), 'it runs'), 'Running');
	assertStarted(await tracker.jobInfo(id), 'Running');
	await waitUntil(() => membersOf(pid).every(({ state }) => state !== 'T'), 'none is stopped');
});

test('a job that ignores SIGTSTP stays Running', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const script = 'trap "" TSTP; echo > ready; trap "echo > told" USR1; while [ ! -e told ]; do sleep 0.02; done';
	const id = await tracker.addJob(shell(script, { workingDirectory }));
	await waitUntil(() => readIfThere(workingDirectory, 'ready') !== '');
	await tracker.jobControl(id, 'suspend');
	// A signal that comes after SIGTSTP has been handled: so that one has arrived.
	process.kill(await pidOf(tracker, id), 'SIGUSR1');
	assertExited(await endOf(tracker, id), 0);
});

for (const signal of ['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) {
	test(`a job stopped from outside by ${signal} is Suspended, and continued from outside it is Running`, async (t) => {
		const tracker = await withTracker(t);
		const id = await tracker.addJob(LONG);
		const pid = await pidOf(tracker, id);
		process.kill(pid, signal);
		await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
		assert.deepEqual(await tracker.jobState(id), { state: 'Suspended', subState: `stopped:${signal}` });
		process.kill(pid, 'SIGCONT');
		await soon(tracker.wait(id, ['Running']), 'it runs');
		assert.deepEqual(await tracker.jobState(id), { state: 'Running' });
	});
}

test('a job that stops itself at once is Suspended', async (t) => {
	const tracker = await withTracker(t);
	const ids = await Promise.all(Array.from({ length: 30 }, () => tracker.addJob(shell('kill -STOP $$; exit 3'))));
	for (const id of ids) {
		await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
		await tracker.jobControl(id, 'resume');
	}
	for (const id of ids) {
		assertExited(await endOf(tracker, id), 3);
	}
});

test('the time in which a job is suspended counts', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('kill -STOP $$; exit 0'));
	await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
	const begin = performance.now();
	await waitUntil(() => performance.now() - begin > 50);
	const before = (await tracker.jobInfo(id)).wallclockTime!;
	const suspended = performance.now() - begin;
	await tracker.jobControl(id, 'resume');
	const info = await endOf(tracker, id);
	assert.ok(before >= 50, `${before} ms while it is suspended`);
	assert.ok(info.wallclockTime! >= suspended && info.wallclockTime! >= before);
});

test('suspended and resumed many times, a job loses no state', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	const pid = await pidOf(tracker, id);
	for (let round = 0; round < 50; round++) {
		await tracker.jobControl(id, 'suspend');
		await soon(tracker.wait(id, ['Suspended']), 'it is suspended');
		assert.equal(processFacts(pid)?.state, 'T');
		await tracker.jobControl(id, 'resume');
		await soon(tracker.wait(id, ['Running']), 'it runs');
		assert.notEqual(processFacts(pid)?.state, 'T');
	}
});

test('a job that was suspended while it waits in vfork can be resumed, although it never stopped', async (t) => {
	const tracker = await withTracker(t);
	const program = compile('stopped-in-vfork.c', await temporaryDirectory(t));
	const id = await tracker.addJob({ remoteCommand: program });
	const pid = await pidOf(tracker, id);
	await waitUntil(() => membersOf(pid).some(({ state }) => state === 'T'), 'the child is stopped');
	assert.equal((await refusalOf(tracker.jobControl(id, 'resume')))['code'], 'InvalidState', 'nobody has suspended it');
	await tracker.jobControl(id, 'suspend');
	assert.deepEqual(await tracker.jobState(id), { state: 'Running' }, 'the kernel has not stopped it');
	await tracker.jobControl(id, 'resume');
	assertExited(await endOf(tracker, id), 0);
});
