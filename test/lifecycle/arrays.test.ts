import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
	AS_NOBODY,
	assertExited,
	assertKilled,
	assertLaunchFailed,
	assertNoChildren,
	infosOf,
	killLaunchers,
	LONG,
	launchersOf,
	mostAtOnce,
	runNode,
	shell,
	soon,
	startNode,
	statesOf,
	temporaryDirectory,
	unreachableForNobody,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('JavaScript that is busy does not keep tasks from being started', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const id = await tracker.addArrayJob(shell('', { outputPath: join(directory, '$DRMAA2_INDEX$') }), {
		begin: 1,
		end: 40,
		maxParallel: 2,
	});
	// The event loop does not turn until the last task has made its file.
	while (!existsSync(join(directory, '40'))) {}
	assert.equal(readdirSync(directory).length, 40);
	assert.deepEqual(await statesOf(tracker, id), { Queued: 40 }, 'JavaScript has heard of none');
	await soon(tracker.waitArray(id), 'the array ends');
	assert.deepEqual(await statesOf(tracker, id), { Done: 40 });
});

test('a launcher that is killed costs the launches in its hands, and no place', async (t) => {
	const tracker = await withTracker(t);
	const maxParallel = 4;
	const id = await tracker.addArrayJob(shell('exit 5'), { begin: 1, end: 200, maxParallel });
	let killed = 0;
	while ((await tracker.arrayInfo(id)).states.Queued > 0) {
		killed += killLaunchers(process.pid);
		const { Queued } = (await tracker.arrayInfo(id)).states;
		await waitUntil(async () => {
			const { states } = await tracker.arrayInfo(id);
			return states.Queued === 0 || states.Queued < Queued - 10;
		}, 'tasks go on being started');
	}
	await soon(tracker.waitArray(id), 'the array ends');
	const infos = await infosOf(tracker, id);
	for (const info of infos) {
		if (info.dispatchTime === undefined) {
			assertLaunchFailed(info, 'launcher', 'ECONNRESET');
		} else if (info.terminatingSignal !== undefined) {
			// Until it executes its program, a job looks like the launcher.
			assertKilled(info, 'SIGKILL');
		} else {
			assertExited(info, 5);
		}
	}
	assert.ok(killed > 1);
	assert.ok(mostAtOnce(infos) <= maxParallel);
	// The bound is used whole afterwards.
	const next = await tracker.addArrayJob(LONG, { begin: 1, end: 9, maxParallel });
	await waitUntil(async () => (await tracker.arrayInfo(next)).states.Running === maxParallel, 'all places are used');
});

for (const resource of ['nproc', 'nofile'] as const) {
	const skip = resource === 'nproc' ? unreachableForNobody() : false;
	test(`when ${resource} runs out tasks wait, and go on when there is room again`, { skip }, async (t) => {
		const node = startNode(
			t,
			async ({ ProcessTracker, say, statesOf, waitUntil }) => {
				const { once } = (await import('node:events')).default;
				const tracker = await ProcessTracker.open('exhausted', { killOnExit: true });
				const id = await tracker.addArrayJob(
					{ remoteCommand: '/bin/true', workingDirectory: '/' },
					{ begin: 1, end: 300, maxParallel: 2 },
				);
				await tracker.wait(`${id}.10`, ['Done']);
				say('going');
				await once(process.stdin, 'data');
				await waitUntil(async () => {
					const { states } = await tracker.arrayInfo(id);
					return states.Running === 0 && states.Queued > 0;
				}, 'nothing runs although tasks wait');
				say('stuck');
				await tracker.waitArray(id);
				say(await statesOf(tracker, id));
				await tracker.close();
				process.exit();
			},
			{ wrapper: resource === 'nproc' ? AS_NOBODY : [] },
		);
		assert.equal(await node.next(), 'going');
		const become = resource === 'nproc' ? AS_NOBODY : [];
		const target = resource === 'nproc' ? launchersOf(node.pid)[0] : node.pid;
		const limit = (soft: number) => {
			const [command = '', ...args] = [...become, 'prlimit', '--pid', String(target), `--${resource}=${soft}:`];
			execFileSync(command, args);
		};
		limit(resource === 'nproc' ? 0 : 3);
		node.child.stdin?.write('go\n');
		assert.equal(await node.next(), 'stuck');
		limit(10_000);
		assert.deepEqual(await node.next(), { Done: 300 });
		assert.equal((await node.ended).code, 0);
	});
}

test('the tasks of a tracker that was closed go on being started', async (t) => {
	const directory = await temporaryDirectory(t);
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say, shell, waitUntil }, directory) => {
			const { existsSync } = await import('node:fs');
			const tracker = await ProcessTracker.open('closed');
			const template = shell('', { outputPath: `${directory}/$DRMAA2_INDEX$` });
			await tracker.addArrayJob(template, { begin: 1, end: 30, maxParallel: 2 });
			await tracker.close();
			await waitUntil(() => existsSync(`${directory}/30`), 'the last task has run');
			say('all have run');
		},
		{ argument: directory },
	);
	assert.deepEqual(said, ['all have run']);
	assert.equal(readdirSync(directory).length, 30);
});

test('killOnExit ends the tasks that run, and no other starts', async (t) => {
	const directory = await temporaryDirectory(t);
	const node = startNode(
		t,
		async ({ ProcessTracker, say, shell, waitUntil }, directory) => {
			const tracker = await ProcessTracker.open('guarded', { killOnExit: true });
			const template = shell('echo $$ > $TASK_ID; sleep 60', { workingDirectory: directory });
			const id = await tracker.addArrayJob(template, { begin: 1, end: 20, maxParallel: 3 });
			await waitUntil(async () => (await tracker.arrayInfo(id)).states.Running === 3, 'three run');
			const infos = await Promise.all([1, 2, 3].map((index) => tracker.jobInfo(`${id}.${index}`)));
			say(infos.map(({ extensionList }) => Number(extensionList['pid'])));
			await new Promise(() => setInterval(() => {}, 1000));
		},
		{ argument: directory },
	);
	const pids = await node.next<number[]>();
	await waitUntil(() => readdirSync(directory).length === 3, 'all three have made their file');
	node.child.kill('SIGKILL');
	await node.ended;
	await waitUntil(() => pids.every((pid) => !existsSync(`/proc/${pid}`)), 'all three are gone');
	assert.equal(readdirSync(directory).length, 3);
});

test('a worker thread that ends in the middle of an array harms nobody', async (t) => {
	const { said } = await runNode(t, async ({ say, sourceOf, runJob, ProcessTracker, shell }) => {
		const { Worker } = await import('node:worker_threads');
		const { once } = (await import('node:events')).default;
		for (let round = 0; round < 5; round++) {
			const worker = new Worker(
				sourceOf(async ({ ProcessTracker }) => {
					const { parentPort } = await import('node:worker_threads');
					const tracker = await ProcessTracker.open('worker');
					const id = await tracker.addArrayJob(
						{ remoteCommand: '/bin/true' },
						{ begin: 1, end: 100_000, maxParallel: 8 },
					);
					await tracker.wait(`${id}.20`, ['Done']);
					parentPort?.postMessage('going');
				}, undefined),
				{ eval: true },
			);
			await once(worker, 'message');
			await worker.terminate();
		}
		const tracker = await ProcessTracker.open('main');
		say((await runJob(tracker, shell('exit 4'))).exitStatus);
		await tracker.close();
	});
	assert.deepEqual(said, [4]);
});
