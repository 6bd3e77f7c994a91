import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertNoChildren, hasDied, killGroupAfter, membersOf, startNode, waitUntil } from '../support/index.js';

after(assertNoChildren);

const WAYS = ['by itself', 'by process.exit', 'by an uncaught exception', 'by SIGKILL', 'by SIGTERM'] as const;
const ENDS = { 'by itself': [0, null], 'by process.exit': [7, null], 'by an uncaught exception': [1, null] } as const;

for (const way of WAYS) {
	for (const killOnExit of [false, true]) {
		const fate = killOnExit ? 'the whole group of a job dies with killOnExit' : 'jobs outlive Node';
		test(`Node ends ${way}: the launcher leaves, ${fate}`, async (t) => {
			const node = startNode(
				t,
				async ({ ProcessTracker, LONG, launchersOf, pidOf, say, shell }, { way, killOnExit }) => {
					const tracker = await ProcessTracker.open('end', { killOnExit });
					// Its own group is killed, not only its leader.
					const family = await tracker.addJob(shell('sleep 60 & wait'));
					const plain = await tracker.addJob(LONG);
					say([await pidOf(tracker, family), await pidOf(tracker, plain)]);
					say(launchersOf(process.pid));
					if (way === 'by itself') {
						return;
					}
					setInterval(() => {}, 1000);
					process.stdin.once('data', () => {
						if (way === 'by process.exit') {
							process.exit(7);
						}
						throw new Error('uncaught');
					});
				},
				{ argument: { way, killOnExit } },
			);
			const pids = await node.next<number[]>();
			for (const pid of pids) {
				killGroupAfter(t, pid);
			}
			const launchers = await node.next<number[]>();
			assert.equal(launchers.length, 1);
			const begin = performance.now();
			if (way === 'by SIGKILL' || way === 'by SIGTERM') {
				process.kill(node.pid, way === 'by SIGKILL' ? 'SIGKILL' : 'SIGTERM');
			} else if (way !== 'by itself') {
				node.child.stdin?.end('go');
			}
			const { code, signal } = await node.ended;
			assert.deepEqual([code, signal], way in ENDS ? ENDS[way as keyof typeof ENDS] : [null, way.slice(3)]);
			// A job takes a minute: nobody has waited for it.
			assert.ok(performance.now() - begin < 20_000);
			await waitUntil(() => launchers.every(hasDied), 'the launcher leaves');
			if (killOnExit) {
				await waitUntil(() => pids.every((pid) => membersOf(pid).length === 0), 'the jobs die');
			} else {
				assert.deepEqual(pids.map(hasDied), [false, false]);
			}
		});
	}
}
