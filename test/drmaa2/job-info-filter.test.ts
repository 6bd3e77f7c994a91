import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOB_INFO_FILTER_MEMBERS, type JobInfo, type JobInfoFilter, matchesFilter } from '../../src/drmaa2/index.js';
import { readJobInfoFilter } from '../../src/validation/index.js';

const T0 = new Date('2024-05-01T12:00:00.000Z');
const BEFORE = new Date(T0.getTime() - 1);
const AFTER = new Date(T0.getTime() + 1);

/** A job with a value for every member. */
const FULL: JobInfo = {
	id: '7',
	exitStatus: 0,
	terminatingSignal: 'SIGKILL',
	annotation: 'killed',
	state: 'Failed',
	subState: 'signaled:SIGKILL',
	allocatedMachines: ['a', 'b'],
	submissionMachine: 'a',
	jobOwner: 'eva',
	slots: 2,
	queueName: 'q',
	wallclockTime: 1000.5,
	cpuTime: 500,
	submissionTime: T0,
	dispatchTime: T0,
	finishTime: T0,
	extensionList: {},
};

/** A job that has as little as a job can have. */
const BARE: JobInfo = {
	id: '8',
	state: 'Queued',
	allocatedMachines: [],
	submissionMachine: 'a',
	jobOwner: 'eva',
	submissionTime: undefined,
	extensionList: {},
};

const MATCHING: readonly JobInfoFilter[] = [
	{ id: '7' },
	{ exitStatus: 0 },
	{ terminatingSignal: 'SIGKILL' },
	{ state: 'Failed' },
	{ subState: 'signaled:SIGKILL' },
	{ allocatedMachines: ['b'] },
	{ allocatedMachines: ['b', 'a'] },
	{ allocatedMachines: [] },
	{ submissionMachine: 'a' },
	{ jobOwner: 'eva' },
	{ slots: 2 },
	{ queueName: 'q' },
	{ wallclockTime: 0 },
	{ wallclockTime: 1000.5 },
	{ cpuTime: 500 },
	{ submissionTime: T0 },
	{ submissionTime: BEFORE },
	{ dispatchTime: T0 },
	{ finishTime: BEFORE },
	{ id: '7', state: 'Failed', cpuTime: 1 },
	{ id: undefined },
];

for (const filter of MATCHING) {
	test(`${JSON.stringify(filter)} selects the job`, () => {
		assert.equal(matchesFilter(FULL, readJobInfoFilter(filter)), true);
	});
}

const NOT_MATCHING: readonly JobInfoFilter[] = [
	{ id: '70' },
	{ exitStatus: 1 },
	{ terminatingSignal: 'SIGTERM' },
	{ state: 'Done' },
	{ subState: 'exited:0' },
	{ allocatedMachines: ['c'] },
	{ allocatedMachines: ['a', 'c'] },
	{ submissionMachine: 'b' },
	{ jobOwner: 'adam' },
	{ slots: 1 },
	{ queueName: 'p' },
	{ wallclockTime: 1000.6 },
	{ cpuTime: 501 },
	{ submissionTime: AFTER },
	{ dispatchTime: AFTER },
	{ finishTime: AFTER },
	{ id: '7', state: 'Done' },
];

for (const filter of NOT_MATCHING) {
	test(`${JSON.stringify(filter)} does not select the job`, () => {
		assert.equal(matchesFilter(FULL, readJobInfoFilter(filter)), false);
	});
}

const ALWAYS_THERE: ReadonlySet<string> = new Set([
	'id',
	'state',
	'allocatedMachines',
	'submissionMachine',
	'jobOwner',
]);

test('every member can be asked for, and a job that lacks it is not selected', () => {
	for (const member of JOB_INFO_FILTER_MEMBERS) {
		const filter = readJobInfoFilter({ [member]: FULL[member] });
		assert.equal(matchesFilter(FULL, filter), true, member);
		if (!ALWAYS_THERE.has(member)) {
			assert.equal(matchesFilter(BARE, filter), false, member);
		}
	}
});

test('a filter without members selects every job', () => {
	for (const filter of [undefined, {}, Object.create(null), { id: undefined }, { annotation: 'another' }]) {
		assert.equal(matchesFilter(FULL, readJobInfoFilter(filter)), true);
		assert.equal(matchesFilter(BARE, readJobInfoFilter(filter)), true);
	}
});

test('a filter is copied', () => {
	const dispatchTime = new Date(T0);
	const machines = ['a'];
	const filter = readJobInfoFilter({ dispatchTime, allocatedMachines: machines });
	dispatchTime.setTime(AFTER.getTime());
	machines.push('c');
	assert.equal(matchesFilter(FULL, filter), true);
});

const REFUSED: readonly (readonly [unknown, string, string, RegExp])[] = [
	[null, 'InvalidArgument', 'filter', /plain object/],
	['Running', 'InvalidArgument', 'filter', /pass \{/],
	[[], 'InvalidArgument', 'filter', /an array/],
	[new Map(), 'InvalidArgument', 'filter', /plain object/],
	[{ ids: '1' }, 'InvalidArgument', 'ids', /did you mean "id"/],
	[{ jobState: 'Running' }, 'InvalidArgument', 'jobState', /unknown filter member/],
	[{ id: 1 }, 'InvalidArgument', 'id', /a string/],
	[{ id: null }, 'InvalidArgument', 'id', /a string/],
	[{ state: 'running' }, 'InvalidArgument', 'state', /JobState/],
	[{ exitStatus: '0' }, 'InvalidArgument', 'exitStatus', /whole number/],
	[{ slots: 1.5 }, 'InvalidArgument', 'slots', /whole number/],
	[{ cpuTime: -1 }, 'InvalidArgument', 'cpuTime', /milliseconds/],
	[{ cpuTime: Number.NaN }, 'InvalidArgument', 'cpuTime', /milliseconds/],
	[{ wallclockTime: '5' }, 'InvalidArgument', 'wallclockTime', /milliseconds/],
	[{ dispatchTime: 5 }, 'InvalidArgument', 'dispatchTime', /Date/],
	[{ finishTime: new Date(Number.NaN) }, 'InvalidArgument', 'finishTime', /Date/],
	[{ allocatedMachines: 'a' }, 'InvalidArgument', 'allocatedMachines', /array/],
	[{ allocatedMachines: ['a', 5] }, 'InvalidArgument', 'allocatedMachines', /\[1\]/],
	[{ resourceUsage: {} }, 'UnsupportedAttribute', 'resourceUsage', /leave it out/],
	[{ extensionList: {} }, 'UnsupportedAttribute', 'extensionList', /leave it out/],
];

for (const [filter, code, attribute, message] of REFUSED) {
	test(`the filter ${JSON.stringify(filter)} is refused`, () => {
		assert.throws(() => readJobInfoFilter(filter), { name: 'Drmaa2Error', code, attribute, message });
	});
}
