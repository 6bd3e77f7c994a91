import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ProcessTracker } from '../../src/index.js';
import { assertNoChildren, runJob, shell, withTracker } from '../support/index.js';

after(assertNoChildren);

const METHODS: Readonly<Record<string, (tracker: ProcessTracker, id: string) => Promise<unknown>>> = {
	jobState: (tracker, id) => tracker.jobState(id),
	jobInfo: (tracker, id) => tracker.jobInfo(id),
	jobTemplate: (tracker, id) => tracker.jobTemplate(id),
	jobControl: (tracker, id) => tracker.jobControl(id, 'terminate'),
	wait: (tracker, id) => tracker.wait(id, ['Done']),
	deleteJob: (tracker, id) => tracker.deleteJob(id),
};

const STRINGS = [
	'',
	'0',
	'2',
	'1.0',
	'1.',
	' 1',
	'1 ',
	'+1',
	'-1',
	'01',
	'0x1',
	'1e0',
	'NaN',
	'constructor',
	'__proto__',
	'1.1',
];
const OTHERS = [1, undefined, null, 1n, Symbol('1'), ['1'], {}, Number.NaN];

for (const [name, method] of Object.entries(METHODS)) {
	test(`${name} knows ids that addJob gave, and no others`, async (t) => {
		const tracker = await withTracker(t);
		assert.equal((await runJob(tracker, shell('exit 0'))).id, '1');
		for (const id of [...STRINGS, ...OTHERS] as string[]) {
			await assert.rejects(
				method(tracker, id),
				{ name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'jobId' },
				`${typeof id} ${String(id)}`,
			);
		}
		assert.equal((await tracker.jobState('1')).state, 'Done');
	});
}
