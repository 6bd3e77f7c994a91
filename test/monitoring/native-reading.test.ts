import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { procfsAddon } from '../../src/native/addon.js';
import { assertNoChildren, message, runNode, soon, startWorker, withTracker } from '../support/index.js';

after(assertNoChildren);

test('the addon refuses arguments that are none, and does not crash', async () => {
	const addon = procfsAddon() as unknown as Record<string, (...args: unknown[]) => unknown>;
	const ids = new Int32Array([1]);
	const detached = new Int32Array([1]);
	structuredClone(detached.buffer, { transfer: [detached.buffer] });
	const good = ['', 0, ids, 15, 100];
	const bad: readonly (readonly [number, readonly unknown[]])[] = [
		[0, [undefined, null, 5, 'a\0b', {}]],
		[1, [undefined, -1, 3, 0.5, Number.NaN, '0', {}]],
		[2, [undefined, null, [1], new Float64Array(1), {}, 'x']],
		[3, [undefined, -1, 16, 0.5, Number.POSITIVE_INFINITY, '1']],
		[4, [undefined, -1, 2 ** 31, 0.5, Number.NaN, {}]],
	];
	for (const [index, values] of bad) {
		for (const value of values) {
			const args = good.map((usual, at) => (at === index ? value : usual));
			assert.throws(() => addon['readProcesses']!(...args), TypeError, `${index}: ${String(value)}`);
		}
	}
	assert.throws(() => addon['readProcesses']!(), TypeError);
	for (const root of [undefined, null, 5, 'a\0b']) {
		assert.throws(() => addon['readMachine']!(root), TypeError);
	}
	const empty = (await addon['readProcesses']!('', 1, detached, 15, 100)) as { numbers: Float64Array };
	assert.equal(empty.numbers.length, 0);
	const odd = new Int32Array([0, -1, 2 ** 31 - 1, -(2 ** 31), process.pid, process.pid]);
	const { numbers } = (await addon['readProcesses']!('', 1, odd, 15, 100)) as { numbers: Float64Array };
	assert.equal(numbers[0], process.pid);
	await assert.rejects(addon['readProcesses']!('/no/such/root', 0, ids, 0, 0) as Promise<unknown>, {
		code: 'ENOENT',
		syscall: 'opendir',
	});
	assert.ok(await addon['readMachine']!('/no/such/root'));
});

test('readings of many threads do not disturb each other', async (t) => {
	const workers = [1, 2, 3].map(() =>
		startWorker(t, async ({ ProcessTracker }) => {
			const { parentPort } = await import('node:worker_threads');
			const tracker = await ProcessTracker.open('worker');
			for (let round = 0; round < 20; round++) {
				const snapshots = await Promise.all([tracker.snapshot(), tracker.snapshot(), tracker.getAllJobIds()]);
				const own = snapshots[0].processes.find(({ pid }) => pid === process.pid);
				if (own?.args?.length === 0 || !snapshots[2].includes(String(process.pid))) {
					throw new Error('this process is missing');
				}
			}
			await tracker.close();
			parentPort?.postMessage('done');
		}),
	);
	const answers = await soon(Promise.all(workers.map((worker) => message<string>(worker))), 'all have read');
	assert.deepEqual(answers, ['done', 'done', 'done']);
});

test('a worker that is terminated in the middle of readings is no trouble', async (t) => {
	const tracker = await withTracker(t);
	for (let round = 0; round < 10; round++) {
		const worker = startWorker(t, async ({ ProcessTracker }) => {
			const { parentPort } = await import('node:worker_threads');
			const tracker = await ProcessTracker.open('worker');
			parentPort?.postMessage('reads');
			for (;;) {
				await Promise.all([tracker.snapshot(), tracker.getAllMachines(), tracker.snapshot()]);
			}
		});
		await soon(once(worker, 'message'), 'it reads');
		await soon(worker.terminate(), 'it is terminated');
		assert.ok((await tracker.getAllJobIds()).includes(String(process.pid)));
	}
});

test('Node ends while readings are under way', async (t) => {
	for (const how of ['exit', 'return'] as const) {
		const { code, stderr } = await runNode(
			t,
			async ({ ProcessTracker }, how) => {
				const tracker = await ProcessTracker.open('ends');
				const readings = Array.from({ length: 10 }, () => tracker.snapshot());
				if (how === 'exit') {
					process.exit(0);
				}
				await Promise.all(readings);
			},
			{ argument: how },
		);
		assert.deepEqual([code, stderr], [0, '']);
	}
});

test('without descriptors it says so, and reads again when there are some', async (t) => {
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say }) => {
			const { closeSync, openSync } = await import('node:fs');
			const tracker = await ProcessTracker.open('scarce');
			await tracker.snapshot();
			const hoard: number[] = [];
			try {
				for (;;) {
					hoard.push(openSync('/dev/null', 'r'));
				}
			} catch {
				// There are no more.
			}
			const calls = [
				() => tracker.snapshot(),
				() => tracker.getAllJobIds(),
				() => tracker.getAllMachines(),
				() => tracker.jobInfoFromMonitor(String(process.pid)),
			];
			const outcomes = await Promise.allSettled(calls.map((call) => call()));
			const ids = await tracker.getAllJobIds().catch(({ code }) => code);
			for (const descriptor of hoard) {
				closeSync(descriptor);
			}
			say(outcomes.map((outcome) => outcome.status === 'rejected' && [outcome.reason.code, outcome.reason.errno]));
			say(ids);
			say((await tracker.getAllJobIds()).includes(String(process.pid)));
		},
		{ wrapper: ['prlimit', '--nofile=256:256'] },
	);
	const scarce = ['OutOfResource', 'EMFILE'];
	assert.deepEqual(said, [[scarce, scarce, scarce, scarce], 'OutOfResource', true]);
});
