import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQueued, isStarted, isTerminated, JobState } from '../../src/drmaa2/index.js';

const CLASSES: Readonly<Record<JobState, string>> = {
	Unset: '',
	Undetermined: '',
	Queued: 'queued',
	QueuedHeld: 'queued',
	Running: 'started',
	Suspended: 'started',
	Requeued: 'started',
	RequeuedHeld: 'started',
	Done: 'terminated',
	Failed: 'terminated',
};

test('the value of every job state is its name', () => {
	assert.deepEqual(Object.keys(JobState), Object.keys(CLASSES));
	assert.deepEqual(Object.keys(JobState), Object.values(JobState));
});

for (const state of Object.values(JobState)) {
	test(`the state ${state} belongs to the class "${CLASSES[state]}" and to no other`, () => {
		assert.equal(isQueued(state), CLASSES[state] === 'queued');
		assert.equal(isStarted(state), CLASSES[state] === 'started');
		assert.equal(isTerminated(state), CLASSES[state] === 'terminated');
	});
}
