import assert from 'node:assert/strict';
import { hostname, userInfo } from 'node:os';
import { after, test } from 'node:test';
import type { JobInfoFilter } from '../../src/index.js';
import { assertNoChildren, LONG, pidOf, withTracker } from '../support/index.js';

after(assertNoChildren);

test('every member of a filter is looked at, for processes too', async (t) => {
	const tracker = await withTracker(t);
	const id = String(await pidOf(tracker, await tracker.addJob(LONG)));
	const info = await tracker.jobInfoFromMonitor(id);
	const later = new Date(Date.now() + 60_000);
	const cases: readonly (readonly [JobInfoFilter, boolean])[] = [
		[{}, true],
		[{ state: 'Running' }, true],
		[{ state: 'Suspended' }, false],
		[{ subState: 'no such sub-state' }, false],
		[{ allocatedMachines: [hostname()] }, true],
		[{ allocatedMachines: [hostname(), 'elsewhere.invalid'] }, false],
		[{ submissionMachine: hostname() }, true],
		[{ submissionMachine: 'elsewhere.invalid' }, false],
		[{ jobOwner: userInfo().username }, true],
		[{ jobOwner: 'no such user' }, false],
		[{ slots: 1 }, true],
		[{ slots: 2 }, false],
		[{ wallclockTime: info.wallclockTime! }, true],
		[{ wallclockTime: 1e12 }, false],
		[{ cpuTime: 0 }, true],
		[{ cpuTime: 1e12 }, false],
		[{ dispatchTime: info.dispatchTime! }, true],
		[{ dispatchTime: later }, false],
		[{ submissionTime: info.dispatchTime! }, true],
		[{ submissionTime: later }, false],
		// What a process that runs does not have.
		[{ exitStatus: 0 }, false],
		[{ terminatingSignal: 'SIGKILL' }, false],
		[{ queueName: '' }, false],
		[{ finishTime: new Date(0) }, false],
	];
	for (const [filter, selected] of cases) {
		assert.deepEqual(await tracker.getAllJobIds({ ...filter, id }), selected ? [id] : [], JSON.stringify(filter));
		assert.equal((await tracker.getAllJobIds(filter)).includes(id), selected, JSON.stringify(filter));
	}
	await assert.rejects(tracker.getAllJobIds({ pid: 1 } as object), { code: 'InvalidArgument', attribute: 'pid' });
});
