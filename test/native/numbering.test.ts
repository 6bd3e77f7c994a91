import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { JOB_CONTROL_ACTIONS } from '../../src/index.js';
import { CONTROL_ACTIONS, NUMBERING } from '../../src/native/event.js';
import { PACKAGE_ROOT } from '../support/index.js';

const addon = createRequire(import.meta.url)(join(PACKAGE_ROOT, 'build/Release/os_process_tracker.node'));

test('the addon and this code number events, stages, actions and results alike', () => {
	assert.deepEqual(addon.numbering, NUMBERING);
});

test('the first of the actions are those of the standard, in its order', () => {
	assert.deepEqual(CONTROL_ACTIONS.slice(0, JOB_CONTROL_ACTIONS.length), JOB_CONTROL_ACTIONS);
});

test('no kind of event has a field twice', () => {
	for (const { name, fields } of NUMBERING.events) {
		const all = ['queue', 'job', 'task', 'time', ...fields];
		assert.equal(new Set(all).size, all.length, name);
	}
});
