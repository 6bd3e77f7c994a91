import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
	assertExited,
	assertKilled,
	assertLaunchFailed,
	assertNoChildren,
	childrenOf,
	endOf,
	hasDied,
	LONG,
	launchersOf,
	makeFifo,
	read,
	runJob,
	shell,
	soon,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

/** To be called while nothing is launched: a new process has the launcher's name until its program runs. */
function theLauncher(): number {
	const launchers = launchersOf(process.pid);
	assert.equal(launchers.length, 1);
	return launchers[0]!;
}

async function killLauncher(): Promise<number> {
	const pid = theLauncher();
	process.kill(pid, 'SIGKILL');
	// Until then it could still be handed a request.
	await waitUntil(() => hasDied(pid), 'the launcher dies');
	return pid;
}

test('while it is idle: the next job starts another', async (t) => {
	const tracker = await withTracker(t);
	assertExited(await runJob(tracker, shell('exit 1')), 1);
	const killed = await killLauncher();
	assertExited(await runJob(tracker, shell('exit 2')), 2);
	assert.ok(!launchersOf(process.pid).includes(killed));
	await waitUntil(() => childrenOf(process.pid).every(({ pid }) => pid !== killed), 'it is waited for');
});

test('while jobs run: they and their exits are untouched', async (t) => {
	const tracker = await withTracker(t);
	const stopped = await tracker.addJob(shell('kill -STOP $$; exit 3'));
	const running = await tracker.addJob(LONG);
	await soon(tracker.wait(stopped, ['Suspended']), 'it is suspended');
	await killLauncher();
	await waitUntil(() => launchersOf(process.pid).length === 0);
	assert.equal((await tracker.jobState(running)).state, 'Running');
	await tracker.jobControl(stopped, 'resume');
	assertExited(await endOf(tracker, stopped), 3);
	await tracker.jobControl(running, 'suspend');
	await soon(tracker.wait(running, ['Suspended']), 'stops are still noticed');
	await tracker.jobControl(running, 'terminate');
	assertKilled(await endOf(tracker, running), 'SIGKILL', { terminated: true });
	assertExited(await runJob(tracker, shell('exit 0')), 0);
});

test('while 200 launches are under way: each is answered, the accepted ones run to their ends', async (t) => {
	const tracker = await withTracker(t);
	let refused = 0;
	for (let round = 0; round < 8; round++) {
		assertExited(await runJob(tracker, shell('exit 0')), 0);
		const launcher = theLauncher();
		const submissions = Array.from({ length: 200 }, (_, i) => tracker.addJob(shell(`exit ${i}`)));
		const answers = Promise.allSettled(submissions);
		// At another moment in every round: at once in the first.
		await submissions[round * 4 - 1];
		process.kill(launcher, 'SIGKILL');
		await waitUntil(() => hasDied(launcher), 'the launcher dies');
		const results = await soon(answers, 'all are answered');
		for (const [code, result] of results.entries()) {
			if (result.status === 'fulfilled') {
				const info = await endOf(tracker, result.value);
				if (info.dispatchTime === undefined) {
					// It had been accepted as one that waits, and its turn came too early.
					assertLaunchFailed(info, 'launcher', 'ECONNRESET');
				} else {
					assertExited(info, code);
				}
			} else {
				refused++;
				const { name, code, stage, errno, message } = result.reason;
				assert.deepEqual([name, code, stage, errno], ['Drmaa2Error', 'DrmCommunication', 'launcher', 'ECONNRESET']);
				assert.match(message, /submit it again/);
			}
		}
		const accepted = results.filter(({ status }) => status === 'fulfilled').length;
		assert.equal((await tracker.listJobs()).length, accepted + 1);
		for (const id of await tracker.listJobs()) {
			await tracker.deleteJob(id);
		}
	}
	t.diagnostic(`${refused} of 1600 launches were refused`);
});

test('while a queued job is being launched: it goes on, or is Failed with its stage', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 1 });
	const directory = await temporaryDirectory(t);
	const inputPath = makeFifo(directory);
	const first = await tracker.addJob(LONG);
	const id = await tracker.addJob(shell('cat', { inputPath, outputPath: join(directory, 'out') }));
	const launcher = theLauncher();
	await tracker.jobControl(first, 'terminate');
	await waitUntil(() => launchersOf(process.pid).length === 2, 'it waits for a writer');
	// The process exists already, so it needs no launcher any more.
	process.kill(launcher, 'SIGKILL');
	const writer = await open(inputPath, 'w');
	await writer.writeFile('still here');
	await writer.close();
	assertExited(await endOf(tracker, id), 0);
	assert.equal(read(directory, 'out'), 'still here');
});
