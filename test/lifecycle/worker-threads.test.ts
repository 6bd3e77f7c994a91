import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	childrenOf,
	endOf,
	hasDied,
	killGroupAfter,
	message,
	processFacts,
	runJob,
	runNode,
	shell,
	soon,
	startWorker,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('a tracker works in a worker thread as it does in the main thread', async (t) => {
	const worker = startWorker(t, async ({ ProcessTracker, runJob, shell }) => {
		const { parentPort } = await import('node:worker_threads');
		const tracker = await ProcessTracker.open('worker');
		const { subState } = await runJob(tracker, shell('exit 7'));
		await tracker.close();
		parentPort?.postMessage(subState);
	});
	const ended = once(worker, 'exit');
	assert.equal(await message(worker), 'exited:7');
	assert.deepEqual(await soon(ended, 'the worker ends by itself'), [0]);
});

for (const killOnExit of [false, true]) {
	test(`a worker is terminated in mid-work 20 times (killOnExit: ${killOnExit}), and the main thread notices nothing`, async (t) => {
		const tracker = await withTracker(t);
		const stopped = await tracker.addJob(shell('kill -STOP $$; exit 3'));
		await tracker.wait(stopped, ['Suspended']);
		for (let round = 0; round < 20; round++) {
			const worker = startWorker(
				t,
				async ({ ProcessTracker, LONG, pidOf, shell }, killOnExit) => {
					const { parentPort } = await import('node:worker_threads');
					const tracker = await ProcessTracker.open('worker', { killOnExit, maxRunning: 5 });
					const id = await tracker.addJob(LONG);
					parentPort?.postMessage(await pidOf(tracker, id));
					void tracker.wait(id, ['Done']).catch(() => {});
					for (;;) {
						await Promise.all([tracker.addJob(shell('exit 0')), tracker.addJob(shell('exit 0'))]);
					}
				},
				killOnExit,
			);
			const pid = await soon(message<number>(worker), 'the worker works');
			killGroupAfter(t, pid);
			const info = await runJob(tracker, shell(`exit ${round}`));
			await soon(worker.terminate(), 'it is terminated');
			assertExited(info, round);
			if (killOnExit) {
				await waitUntil(() => hasDied(pid), 'its job dies with it');
			} else {
				assert.equal(hasDied(pid), false);
				process.kill(pid, 'SIGTERM');
			}
			await waitUntil(() => processFacts(pid) === undefined, 'its job is waited for after its end');
		}
		await tracker.jobControl(stopped, 'resume');
		assertExited(await endOf(tracker, stopped), 3);
		const own = () => childrenOf(process.pid).map(({ name, state }) => `${name} ${state === 'Z'}`);
		await waitUntil(() => own().join() === 'os-process-laun false', 'no zombie and no launcher of a worker is left');
	});
}

test('many workers at once', async (t) => {
	const workers = Array.from({ length: 8 }, (_, i) =>
		startWorker(
			t,
			async ({ ProcessTracker, runJob, shell }, number) => {
				const { parentPort } = await import('node:worker_threads');
				const tracker = await ProcessTracker.open('worker', { maxRunning: 2 });
				const codes = Array.from({ length: 20 }, (_, code) => number * 20 + code);
				const infos = await Promise.all(codes.map((code) => runJob(tracker, shell(`exit ${code}`))));
				parentPort?.postMessage(infos.every(({ exitStatus }, at) => exitStatus === codes[at]));
			},
			i,
		),
	);
	const answers = await soon(Promise.all(workers.map((worker) => message(worker))), 'all answer');
	assert.deepEqual(new Set(answers), new Set([true]));
});

test('process.exit while workers are at work ends with its code', async (t) => {
	for (let round = 0; round < 3; round++) {
		const node = runNode(t, async ({ sourceOf }) => {
			const { Worker } = await import('node:worker_threads');
			const { default: EventEmitter } = await import('node:events');
			const source = sourceOf(async ({ ProcessTracker, shell }) => {
				const { parentPort } = await import('node:worker_threads');
				const tracker = await ProcessTracker.open('worker', { maxRunning: 4 });
				for (let i = 0; ; i++) {
					await tracker.addJob(shell('exit 0'));
					i === 10 && parentPort?.postMessage('at work');
				}
			}, undefined);
			const workers = [1, 2, 3].map(() => new Worker(source, { eval: true }));
			await Promise.all(workers.map((worker) => EventEmitter.once(worker, 'message')));
			process.exit(0);
		});
		await node;
	}
});
