import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobTemplate } from '../../src/index.js';
import { assertExited, assertNoChildren, read, runJob, temporaryDirectory, withTracker } from '../support/index.js';

after(assertNoChildren);

async function environmentOf(t: Parameters<typeof withTracker>[0], jobEnvironment?: JobTemplate['jobEnvironment']) {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const info = await runJob(tracker, {
		remoteCommand: '/usr/bin/env',
		args: ['-0'],
		workingDirectory,
		outputPath: 'out',
		...(jobEnvironment && { jobEnvironment }),
	});
	assertExited(info, 0);
	const entries = read(workingDirectory, 'out').split('\0').slice(0, -1);
	const environment = Object.fromEntries(
		entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
	);
	assert.equal(entries.length, Object.keys(environment).length, 'a name is there twice');
	return { environment, id: info.id };
}

test('a job inherits the environment as it is when it is submitted, and is told its id', async (t) => {
	process.env['SET_LATE'] = 'yes';
	const { environment, id } = await environmentOf(t);
	assert.deepEqual(environment, { ...process.env, JOB_ID: id });
});

test('the environment of the job is laid over that of the tracker', async (t) => {
	process.env['BOTH'] = 'tracker';
	process.env['ONLY_TRACKER'] = 'tracker';
	const { environment } = await environmentOf(t, { BOTH: 'job', ONLY_JOB: 'job', EMPTY: '', TEXT: 'a=b\n"ü 🚀' });
	const { BOTH, ONLY_TRACKER, ONLY_JOB, EMPTY, TEXT } = environment;
	assert.deepEqual([BOTH, ONLY_TRACKER, ONLY_JOB, EMPTY, TEXT], ['job', 'tracker', 'job', '', 'a=b\n"ü 🚀']);
});

test('names that mean something to JavaScript are variables like any other', async (t) => {
	const { environment } = await environmentOf(t, JSON.parse('{"constructor":"x","__proto__":"y","toString":"z"}'));
	assert.deepEqual(Object.getOwnPropertyDescriptor(environment, '__proto__')?.value, 'y');
	assert.deepEqual([environment['constructor'], environment['toString']], ['x', 'z']);
});

test('a tracker that is a job itself, even a task of an array, does not pass its own ids on', async (t) => {
	process.env['JOB_ID'] = 'outer';
	process.env['TASK_ID'] = 'outer';
	process.env['DRMAA_INDEX_VAR'] = 'TASK_ID';
	t.after(() => {
		for (const name of ['JOB_ID', 'TASK_ID', 'DRMAA_INDEX_VAR']) {
			delete process.env[name];
		}
	});
	const { environment, id } = await environmentOf(t);
	assert.equal(environment['JOB_ID'], id);
	assert.equal(Object.hasOwn(environment, 'TASK_ID'), false);
	assert.equal(Object.hasOwn(environment, 'DRMAA_INDEX_VAR'), false);
});

test('the id cannot be overruled by the template', async (t) => {
	const { environment, id } = await environmentOf(t, { JOB_ID: '999' });
	assert.equal(environment['JOB_ID'], id);
});
