import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRMAA2_ERROR_CODES, Drmaa2Error } from '../../src/drmaa2/index.js';

test('an error has its code, its message and its name', () => {
	const error = new Drmaa2Error('InvalidState', 'job 1 has ended');
	assert.ok(error instanceof Error);
	assert.equal(error.code, 'InvalidState');
	assert.equal(error.message, 'job 1 has ended');
	assert.equal(error.name, 'Drmaa2Error');
	assert.match(String(error.stack), /^Drmaa2Error: job 1 has ended/);
});

test('an error without details has only its code as a property', () => {
	assert.deepEqual(Object.keys(new Drmaa2Error('Timeout', 'too late')), ['code']);
	assert.equal('cause' in new Drmaa2Error('Timeout', 'too late'), false);
});

test('an error has exactly the details that were given', () => {
	const cause = new Error('deeper');
	const facts = { attribute: 'args', errno: 'E2BIG', syscall: 'execve', path: '/bin/true', stage: 'exec' };
	const error = new Drmaa2Error('InvalidArgument', 'too large', { ...facts, cause });
	assert.deepEqual({ ...error }, { code: 'InvalidArgument', ...facts });
	assert.equal(error.cause, cause);
});

test('the codes are the eleven of the library', () => {
	assert.equal(new Set(DRMAA2_ERROR_CODES).size, 11);
});
