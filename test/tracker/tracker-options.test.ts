import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ProcessTracker, type ProcessTrackerOptions } from '../../src/index.js';
import { assertExited, assertNoChildren, runJob, shell, withTracker } from '../support/index.js';

after(assertNoChildren);

const BAD: readonly (readonly [object | null, string | undefined, RegExp])[] = [
	[null, undefined, /object/],
	[{ maxRunning: 0 }, 'maxRunning', /no job would ever start/],
	[{ maxRunning: -1 }, 'maxRunning', /less than 1/],
	[{ maxRunning: 1.5 }, 'maxRunning', /whole number/],
	[{ maxRunning: Number.NaN }, 'maxRunning', /number/],
	[{ maxRunning: 2 ** 32 }, 'maxRunning', /leave it out/],
	[{ maxRunning: '4' }, 'maxRunning', /number/],
	[{ killOnExit: 'yes' }, 'killOnExit', /true or false/],
	[{ maxrunning: 4 }, 'maxrunning', /maxRunning/],
	[{ toString: 4 }, 'toString', /option/],
];

for (const [options, attribute, message] of BAD) {
	test(`the options ${JSON.stringify(options)} are refused`, async () => {
		await assert.rejects(ProcessTracker.open('name', options as ProcessTrackerOptions), (error: Error) => {
			assert.deepEqual([error.name, Reflect.get(error, 'code')], ['Drmaa2Error', 'InvalidArgument']);
			assert.equal(Reflect.get(error, 'attribute'), attribute);
			assert.match(error.message, message);
			return true;
		});
	});
}

for (const name of ['', 'a\0b', undefined, null, 5]) {
	test(`${JSON.stringify(name)} is no session name`, async () => {
		const refusal = { code: 'InvalidArgument', attribute: 'sessionName' };
		await assert.rejects(ProcessTracker.open(name as string), refusal);
	});
}

for (const options of [undefined, {}, { maxRunning: 2 ** 32 - 1 }, { maxRunning: 1, killOnExit: false }]) {
	test(`the options ${JSON.stringify(options)} are good`, async (t) => {
		const tracker = await withTracker(t, options);
		assert.equal(tracker.sessionName, t.name);
		assertExited(await runJob(tracker, shell('exit 0')), 0);
	});
}
