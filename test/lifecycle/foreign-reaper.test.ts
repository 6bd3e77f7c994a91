import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobInfo } from '../../src/index.js';
import { assertNoChildren, compile, runNode, temporaryDirectory } from '../support/index.js';

after(assertNoChildren);

test('when another part of the process waits for the jobs, they still end, and what is lost is said', async (t) => {
	const library = compile('reap-all.c', await temporaryDirectory(t), [
		'-shared',
		'-fPIC',
		'-pthread',
		'-Wl,-z,nodelete',
	]);
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, runJob, say, shell }, path) => {
			const tracker = await ProcessTracker.open('thief');
			try {
				process.dlopen({ exports: {} }, path);
			} catch {
				// It is no addon, but its thread runs.
			}
			for (let i = 0; i < 20; i++) {
				say(await runJob(tracker, shell(`exit ${i % 2}`)));
			}
			await tracker.close();
		},
		{ argument: library },
	);
	assert.equal(said.length, 20);
	for (const [i, info] of (said as JobInfo[]).entries()) {
		assert.ok(info.finishTime !== undefined && info.extensionList['pid'] !== undefined);
		if (info.resourceUsage === undefined) {
			assert.match(info.annotation ?? '', /usage is lost/);
			assert.deepEqual(Object.keys(info.extensionList).sort(), ['pid', 'uid']);
			assert.equal(Object.hasOwn(info, 'cpuTime'), false);
		}
		if (info.state === 'Undetermined') {
			assert.equal(info.subState, 'lost:reaped-elsewhere');
			assert.equal(Object.hasOwn(info, 'exitStatus'), false);
		} else {
			assert.deepEqual([info.state, info.exitStatus], i % 2 === 0 ? ['Done', 0] : ['Failed', 1]);
		}
	}
	const lost = (said as JobInfo[]).filter(({ resourceUsage }) => resourceUsage === undefined);
	t.diagnostic(`the usage of ${lost.length} of 20 jobs was lost`);
	assert.ok(lost.length > 0, 'the thief has stolen nothing');
});
