import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEvents, EVENT_FIELDS } from '../../src/native/event.js';

const KINDS = Object.keys(EVENT_FIELDS);

/** The header of an event: its kind, then queue, job, task and time. */
function header(kind: string): number[] {
	return [KINDS.indexOf(kind), 3, 2 ** 53 - 1, 0, 1_700_000_000_000.25];
}

const HEADER = { queue: 3, job: 2 ** 53 - 1, task: 0, time: 1_700_000_000_000.25 };

test('a batch is read event by event, whatever the kinds', () => {
	const batch = Float64Array.from([
		...[...header('queued'), 1, 9],
		...[...header('dispatched'), 4711, 1_700_000_000_000.5, 12.5],
		...header('continued'),
		...[...header('stopped'), 20],
		...[...header('launchFailed'), 11, 2],
		...[...header('cancelled'), 0],
		...[...header('refused'), 7, 1, 12],
		...[...header('controlDone'), 7, 4],
	]);
	assert.deepEqual(
		[...decodeEvents(batch)],
		[
			{ kind: 'queued', ...HEADER, held: 1, last: 9 },
			{ kind: 'dispatched', ...HEADER, pid: 4711, dispatchTime: 1_700_000_000_000.5, dispatchMonotonic: 12.5 },
			{ kind: 'continued', ...HEADER },
			{ kind: 'stopped', ...HEADER, signal: 20 },
			{ kind: 'launchFailed', ...HEADER, stage: 11, errno: 2 },
			{ kind: 'cancelled', ...HEADER, last: 0 },
			{ kind: 'refused', ...HEADER, token: 7, result: 1, last: 12 },
			{ kind: 'controlDone', ...HEADER, token: 7, result: 4 },
		],
	);
});

test('an end has all its fields, in the order of the table', () => {
	const values = EVENT_FIELDS.ended.map((_, i) => i + 0.5);
	const [event, ...others] = decodeEvents(Float64Array.from([...header('ended'), ...values]));
	const fields = Object.fromEntries(EVENT_FIELDS.ended.map((name, i) => [name, values[i]]));
	assert.deepEqual(event, { kind: 'ended', ...HEADER, ...fields });
	assert.deepEqual(others, []);
});

test('an empty batch has no events', () => {
	assert.deepEqual([...decodeEvents(new Float64Array())], []);
});

for (const kind of [-1, 0.5, KINDS.length, Number.NaN]) {
	test(`an event of the kind ${kind} is an error`, () => {
		assert.throws(() => [...decodeEvents(Float64Array.from([kind, 1, 1, 0, 0]))], RangeError);
	});
}
