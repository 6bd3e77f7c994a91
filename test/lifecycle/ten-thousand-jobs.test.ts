import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertNoChildren, runNode } from '../support/index.js';

after(assertNoChildren);

interface Footprint {
	readonly descriptors: number;
	readonly children: string[];
	readonly rss: number;
	readonly heap: number;
}

test('10,000 jobs leave no descriptor, no zombie and no memory behind', async (t) => {
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, childrenOf, ENDED, say }) => {
			const { readdirSync } = await import('node:fs');
			const tracker = await ProcessTracker.open('many', { maxRunning: 4 });

			async function run(count: number) {
				let left = count;
				const lane = async () => {
					while (left-- > 0) {
						const id = await tracker.addJob({ remoteCommand: '/bin/true' });
						const state = await tracker.wait(id, ENDED);
						if (state !== 'Done') {
							say(await tracker.jobInfo(id));
						}
						await tracker.deleteJob(id);
					}
				};
				await Promise.all([lane(), lane(), lane(), lane(), lane(), lane()]);
				globalThis.gc?.();
				globalThis.gc?.();
				say({
					descriptors: readdirSync('/proc/self/fd').length,
					children: childrenOf(process.pid).map(({ name, state }) => `${name} ${state}`),
					rss: process.memoryUsage.rss(),
					heap: process.memoryUsage().heapUsed,
				});
			}

			await run(1000);
			await run(9000);
			say(await tracker.listJobs());
			await tracker.close();
		},
		{ flags: ['--expose-gc'], deadline: 240_000 },
	);
	assert.equal(said.length, 3, JSON.stringify(said.slice(0, 3)));
	const [before, now, jobs] = said as [Footprint, Footprint, string[]];
	assert.deepEqual(jobs, []);
	assert.equal(now.descriptors, before.descriptors);
	for (const children of [before.children, now.children]) {
		assert.deepEqual(
			children.map((child) => child.replace(/ [RS]$/, '')),
			['os-process-laun'],
		);
	}
	assert.ok(now.heap - before.heap < 2 ** 20, `the heap has grown by ${now.heap - before.heap} bytes`);
	assert.ok(now.rss - before.rss < 32 * 2 ** 20, `the process has grown by ${now.rss - before.rss} bytes`);
});
