import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOB_TEMPLATE_ATTRIBUTES, type JobTemplateAttribute } from '../../src/drmaa2/index.js';

/** Compiles only while the list names every attribute of the interface. */
type Unlisted = Exclude<JobTemplateAttribute, (typeof JOB_TEMPLATE_ATTRIBUTES)[number]>;
const unlisted: Unlisted[] = [];

test('the list names all 30 attributes of the standard once', () => {
	const checked: readonly never[] = unlisted;
	assert.equal(checked.length, 0);
	assert.equal(JOB_TEMPLATE_ATTRIBUTES.length, 30);
	assert.equal(new Set(JOB_TEMPLATE_ATTRIBUTES).size, 30);
});
