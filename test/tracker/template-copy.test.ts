import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertExited, assertNoChildren, endOf, runJob, shell, withTracker } from '../support/index.js';

after(assertNoChildren);

test('the template comes back as it was submitted, with its name, frozen', async (t) => {
	const tracker = await withTracker(t);
	const template = shell('exit 0', { jobName: 'a name', jobEnvironment: { A: '1' }, joinFiles: false });
	const id = await tracker.addJob(template);
	const copy = await tracker.jobTemplate(id);
	assert.deepEqual(copy, template);
	assert.ok(Object.isFrozen(copy) && Object.isFrozen(copy.args) && Object.isFrozen(copy.jobEnvironment));
	assert.ok(!Object.isFrozen(template));
});

test('what is done to the template after its submission changes nothing', async (t) => {
	const tracker = await withTracker(t);
	const args = ['-c', 'exit 3'];
	const template = { remoteCommand: '/bin/sh', args, submitAsHold: true };
	const submission = tracker.addJob(template);
	args[1] = 'exit 4';
	template.remoteCommand = '/nowhere';
	const id = await submission;
	assert.deepEqual(await tracker.jobTemplate(id), {
		remoteCommand: '/bin/sh',
		args: ['-c', 'exit 3'],
		submitAsHold: true,
	});
	await tracker.jobControl(id, 'release');
	assertExited(await endOf(tracker, id), 3);
});

test('one template serves many jobs, and each has its id', async (t) => {
	const tracker = await withTracker(t);
	const template = Object.freeze(shell('exit 0'));
	const infos = await Promise.all([1, 2, 3, 4, 5].map(() => runJob(tracker, template)));
	assert.deepEqual(new Set(infos.map(({ id }) => id)).size, 5);
	assert.deepEqual(await tracker.listJobs(), ['1', '2', '3', '4', '5']);
});

test('there are no job categories yet', async (t) => {
	const tracker = await withTracker(t);
	assert.deepEqual(await tracker.listJobCategories(), []);
	const job = shell('exit 0', { jobCategory: 'none' });
	await assert.rejects(tracker.addJob(job), { code: 'InvalidArgument', attribute: 'jobCategory' });
});
