import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT, runNode } from '../support/index.js';

const PATHS = {
	addon: join(PACKAGE_ROOT, 'build/Release/os_process_tracker.node'),
	launcherPath: join(PACKAGE_ROOT, 'build/Release/os-process-launcher'),
};

test('whatever the methods of the native engine are given, they refuse it with a TypeError and never crash', async (t) => {
	const { said } = await runNode(
		t,
		async ({ say }, { addon, launcherPath }) => {
			const { createRequire } = await import('node:module');
			const { Engine } = createRequire(addon)(addon);
			const engine = new Engine({ launcherPath, onEvents: () => {} });
			engine.openQueue(1, 1, false);
			const garbage = [
				...[undefined, null, true, '', '1', -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1n],
				...[Symbol('x'), {}, [], () => {}, new Proxy({}, {}), new Date()],
			];
			const thrower = new Proxy(
				{},
				{
					get: () => {
						throw new TypeError('from a getter');
					},
				},
			);
			const none = { kind: 'null' };
			const request = {
				...{ path: '/bin/true', argv: ['true'], env: [], workingDirectory: '/' },
				...{ stdin: none, stdout: none, stderr: none },
			};
			const streams = [...garbage, thrower, { kind: 'x' }, { kind: 'file' }, { kind: 'tracker', descriptor: 3 }];
			const methods: Record<string, unknown[]> = {
				openQueue: [7, 1, false],
				closeQueue: [7],
				submit: [7, 1, request, true],
				control: [7, 1, 0, 0, 1],
			};
			let calls = 0;

			function refuses(what: string, act: () => unknown) {
				calls++;
				try {
					act();
				} catch (error) {
					if (!(error instanceof TypeError)) {
						say([what, String(error)]);
					}
					return;
				}
				say([what, 'was accepted']);
			}

			for (const [name, good] of Object.entries(methods)) {
				refuses(`${name} with nothing`, () => engine[name]());
				for (const [index, value] of good.entries()) {
					for (const bad of [...garbage, thrower]) {
						if (typeof bad !== typeof value || typeof bad === 'number' || bad === null || typeof bad === 'object') {
							refuses(`${name} ${index} ${typeof bad}`, () => engine[name](...good.with(index, bad)));
						}
					}
				}
			}
			for (const name of Object.keys(request)) {
				const isStream = name.startsWith('std');
				for (const bad of isStream ? streams : garbage) {
					const isGood = typeof bad === 'string' && !isStream;
					const isEmptyList = Array.isArray(bad) && (name === 'argv' || name === 'env');
					if (!isGood && !isEmptyList) {
						refuses(`request ${name} ${typeof bad}`, () => engine.submit(7, 1, { ...request, [name]: bad }, true));
					}
				}
			}
			for (const bad of [['a\0b'], [5], [undefined], new Array(3), [thrower]]) {
				refuses('argv', () => engine.submit(7, 1, { ...request, argv: bad }, true));
				refuses('env', () => engine.submit(7, 1, { ...request, env: bad }, true));
			}
			for (const bad of [
				...garbage,
				thrower,
				{ launcherPath },
				{ onEvents: () => {} },
				{ launcherPath, onEvents: 5 },
			]) {
				refuses('constructor', () => new Engine(bad));
			}
			for (const name of [...Object.keys(methods), 'ref', 'unref', 'close']) {
				refuses(`${name} of another object`, () => engine[name].call({}, ...(methods[name] ?? [])));
			}
			refuses('call without new', () => Engine({ launcherPath, onEvents: () => {} }));
			engine.closeQueue(7);
			engine.close();
			say(calls > 200);
		},
		{ argument: PATHS },
	);
	assert.deepEqual(said, [true]);
});

test('a closed engine refuses its methods, and ref, unref and close do nothing', async (t) => {
	const { said } = await runNode(
		t,
		async ({ say }, { addon, launcherPath }) => {
			const { createRequire } = await import('node:module');
			const { Engine } = createRequire(addon)(addon);
			for (let i = 0; i < 50; i++) {
				const engine = new Engine({ launcherPath, onEvents: () => {} });
				engine.openQueue(1, 1, false);
				engine.ref();
				engine.close();
				engine.close();
				engine.ref();
				engine.unref();
				for (const act of [
					() => engine.openQueue(2, 1, false),
					() => engine.closeQueue(1),
					() => engine.control(1, 1, 0, 0, 1),
				]) {
					try {
						act();
						say('was accepted');
					} catch (error) {
						i === 0 && say(String(error));
					}
				}
			}
			globalThis.gc?.();
			// What the collector has taken must not be touched when Node ends.
			setTimeout(() => globalThis.gc?.(), 1);
		},
		{ argument: PATHS, flags: ['--expose-gc'] },
	);
	assert.deepEqual(said, Array(3).fill('Error: the engine is closed'));
});

test('an engine without a launcher reports the launch that fails', async (t) => {
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say, waitUntil }, { addon }) => {
			const { createRequire } = await import('node:module');
			const { Engine } = createRequire(addon)(addon);
			const batches: number[][] = [];
			const engine = new Engine({
				launcherPath: '/nowhere',
				onEvents: (batch: Float64Array) => batches.push([...batch]),
			});
			const none = { kind: 'null' };
			engine.openQueue(1, 1, false);
			const request = {
				path: '/bin/true',
				argv: ['true'],
				env: [],
				workingDirectory: '/',
				stdin: none,
				stdout: none,
				stderr: none,
			};
			engine.submit(1, 5, request, false);
			await waitUntil(() => batches.length > 0);
			const [kind, queue, job, task, , stage, errno] = batches[0]!;
			say([kind, queue, job, task, stage, errno]);
			engine.close();
			await ProcessTracker.open('other').then((tracker) => tracker.close());
		},
		{ argument: PATHS },
	);
	assert.deepEqual(said, [[2, 1, 5, 0, 1, 2]]);
});
