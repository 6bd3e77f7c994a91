import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { JOB_TEMPLATE_ATTRIBUTES } from '../../src/drmaa2/index.js';
import { validateJobTemplate } from '../../src/template/index.js';
import { drmaa2Error } from './drmaa2-error.js';

const FULL = {
	remoteCommand: '/bin/echo',
	args: ['a', '', '$HOME'],
	submitAsHold: true,
	rerunnable: false,
	jobEnvironment: { A: '1', constructor: 'x', EMPTY: '' },
	workingDirectory: '/tmp',
	jobCategory: 'mpi',
	emailOnStarted: false,
	emailOnTerminated: false,
	jobName: '',
	inputPath: 'in',
	outputPath: 'out',
	errorPath: 'err',
	joinFiles: true,
};

const SUPPORTED = new Set(Object.keys(FULL));

test('a template with every supported attribute comes back equal', () => {
	assert.deepEqual(validateJobTemplate(FULL, ['mpi']), FULL);
});

test('a validated template is a deep-frozen copy', () => {
	const template = { remoteCommand: 'true', args: ['a'], jobEnvironment: { A: '1' } };
	const validated = validateJobTemplate(template);
	template.remoteCommand = 'false';
	template.args.push('b');
	template.jobEnvironment.A = '2';
	assert.deepEqual(validated, { remoteCommand: 'true', args: ['a'], jobEnvironment: { A: '1' } });
	assert.ok(Object.isFrozen(validated) && Object.isFrozen(validated.args) && Object.isFrozen(validated.jobEnvironment));
	assert.ok(!Object.isFrozen(template) && !Object.isFrozen(template.args) && !Object.isFrozen(template.jobEnvironment));
});

test('an attribute that is undefined is not set, supported or not', () => {
	const template = { remoteCommand: 'true', args: undefined, priority: undefined };
	assert.deepEqual(validateJobTemplate(template), { remoteCommand: 'true' });
});

test('empty lists and records are kept', () => {
	const template = { remoteCommand: 'true', args: [], jobEnvironment: {} };
	assert.deepEqual(validateJobTemplate(template), template);
});

test('a getter is read once', () => {
	let reads = 0;
	const template = {
		get remoteCommand() {
			reads += 1;
			return reads === 1 ? 'true' : 'x\0y';
		},
	};
	assert.equal(validateJobTemplate(template).remoteCommand, 'true');
	assert.equal(reads, 1);
});

test('objects without prototype and objects of another realm are plain', () => {
	const bare = Object.assign(Object.create(null), { remoteCommand: 'true', jobEnvironment: Object.create(null) });
	assert.equal(validateJobTemplate(bare).remoteCommand, 'true');
	const foreign = runInNewContext('({ remoteCommand: "true", args: ["a"], jobEnvironment: { A: "1" } })');
	assert.deepEqual(validateJobTemplate(foreign).args, ['a']);
});

test('process.env can be handed over as the job environment', () => {
	const validated = validateJobTemplate({ remoteCommand: 'true', jobEnvironment: process.env });
	assert.deepEqual(validated.jobEnvironment, { ...process.env });
});

test('an environment variable named __proto__ is a variable like any other', () => {
	const template = JSON.parse('{"remoteCommand":"true","jobEnvironment":{"__proto__":"x"}}');
	assert.deepEqual(Object.entries(validateJobTemplate(template).jobEnvironment ?? {}), [['__proto__', 'x']]);
});

for (const [kind, template] of [
	['null', null],
	['undefined', undefined],
	['an array', [{ remoteCommand: 'true' }]],
	['a string', 'true'],
	['a function', () => ({ remoteCommand: 'true' })],
	['an object', new Map([['remoteCommand', 'true']])],
	['an object', Object.create({ remoteCommand: 'true' })],
	['a Date', new Date(0)],
] as const) {
	test(`a template that is ${kind} is refused`, () => {
		const message = new RegExp(`the job template is ${kind} .*: pass at least`);
		assert.throws(() => validateJobTemplate(template), drmaa2Error({ message }));
	});
}

for (const [name, advice] of [
	['remotCommand', /unknown attribute "remotCommand"; did you mean "remoteCommand"\?/],
	['arg', /did you mean "args"\?/],
	['outputpath', /did you mean "outputPath"\?/],
	['walltime', /unknown attribute "walltime"; remove it/],
	['x'.repeat(100_000), /; remove it/],
	['__proto__', /unknown attribute "__proto__"; remove it/],
	['constructor', /unknown attribute "constructor"; remove it/],
] as const) {
	test(`the unknown attribute ${name.slice(0, 20)} is refused, even when undefined`, () => {
		for (const value of ['x', undefined]) {
			const template = Object.defineProperty({}, name, { value, enumerable: true });
			assert.throws(() => validateJobTemplate(template), drmaa2Error({ attribute: name, message: advice }));
		}
	});
}

test('a symbol is an unknown attribute', () => {
	const template = { remoteCommand: 'true', [Symbol('args')]: [] };
	assert.throws(() => validateJobTemplate(template), drmaa2Error({ attribute: 'Symbol(args)', message: /unknown/ }));
});

for (const attribute of JOB_TEMPLATE_ATTRIBUTES.filter((name) => !SUPPORTED.has(name))) {
	test(`${attribute} is not supported, whatever its value`, () => {
		for (const value of ['', 0, [], {}, new Date(0), null]) {
			assert.throws(
				() => validateJobTemplate({ remoteCommand: 'true', [attribute]: value }),
				drmaa2Error({ code: 'UnsupportedAttribute', attribute, message: new RegExp(`${attribute} .*leave it out`) }),
			);
		}
	});
}

for (const attribute of ['rerunnable', 'emailOnStarted', 'emailOnTerminated']) {
	test(`${attribute} may be false but not true`, () => {
		assert.throws(
			() => validateJobTemplate({ remoteCommand: 'true', [attribute]: true }),
			drmaa2Error({ code: 'UnsupportedAttribute', attribute, message: /leave it out or set it to false/ }),
		);
	});
}

const sparse = ['a', 'b'];
sparse.length = 3;

const BAD_VALUES: readonly (readonly [attribute: string, value: unknown, message: RegExp])[] = [
	['remoteCommand', undefined, /^remoteCommand is missing: name the program/],
	['remoteCommand', '', /^remoteCommand is an empty string: name the program/],
	['remoteCommand', null, /is null where a string is needed: leave it out/],
	['remoteCommand', 7, /is a number where a string is needed: convert it/],
	['remoteCommand', 'a\0b', /^remoteCommand contains a NUL byte.*: remove it/],
	['args', 'a b', /is a string where an array of strings is needed: put the arguments into an array/],
	['args', null, /is null where/],
	['args', ['a', 'b', 1], /^args\[2\] is a number where a string is needed: convert it/],
	['args', ['a', 'b', 'c\0'], /^args\[2\] contains a NUL byte/],
	['args', ['\ud800'], /^args\[0\] contains half of a surrogate pair.*: repair/],
	['args', sparse, /^args\[2\] is undefined where a string is needed: leave it out/],
	['args', { 0: 'a', length: 1 }, /is an object where an array/],
	['submitAsHold', 'yes', /is a string where a boolean is needed: pass true or false/],
	['submitAsHold', null, /is null where a boolean/],
	['rerunnable', 1, /is a number where a boolean/],
	['joinFiles', 0, /is a number where a boolean/],
	['jobEnvironment', null, /is null where a plain object/],
	['jobEnvironment', ['A=1'], /is an array where a plain object of strings is needed: pass an object literal/],
	['jobEnvironment', new Map([['A', '1']]), /is an object where a plain object/],
	['jobEnvironment', Object.create({ A: '1' }), /is an object where a plain object/],
	['jobEnvironment', Object.create(Object.assign(Object.create(null), { A: '1' })), /where a plain object/],
	['jobEnvironment', { A: 1 }, /^jobEnvironment\["A"\] is a number where a string is needed: convert it/],
	['jobEnvironment', { A: undefined }, /^jobEnvironment\["A"\] is undefined .*: leave it out/],
	['jobEnvironment', { A: 'x\0' }, /^jobEnvironment\["A"\] contains a NUL byte/],
	['jobEnvironment', { 'A\0': 'x' }, /^jobEnvironment\["A\\u0000"\] has a name that contains a NUL byte/],
	['jobEnvironment', { 'A=B': 'x' }, /^jobEnvironment\["A=B"\] has a name with '='.*: rename/],
	['jobEnvironment', { '': 'x' }, /^jobEnvironment\[""\] has an empty name/],
	['jobName', 'a\0', /contains a NUL byte/],
	['jobCategory', 'a\0', /contains a NUL byte/],
	['jobCategory', 'gpu', /is "gpu", which is no registered category \(registered are mpi, omp\): leave it out/],
	...['workingDirectory', 'inputPath', 'outputPath', 'errorPath'].flatMap((attribute) => [
		[attribute, '', /is an empty string: give a path/] as const,
		[attribute, '/a\0', /contains a NUL byte/] as const,
		[attribute, null, /is null .*: leave it out/] as const,
		[attribute, new URL('file:///tmp'), /is an object where a string is needed/] as const,
	]),
];

for (const [attribute, value, message] of BAD_VALUES) {
	test(`the value is refused: ${message.source}`, () => {
		const template = { remoteCommand: 'true', [attribute]: value };
		assert.throws(() => validateJobTemplate(template, ['mpi', 'omp']), drmaa2Error({ attribute, message }));
	});
}

test('a job category is refused while none is registered', () => {
	const template = { remoteCommand: 'true', jobCategory: '' };
	assert.throws(
		() => validateJobTemplate(template),
		drmaa2Error({ attribute: 'jobCategory', message: /none is registered/ }),
	);
});

test('unknown attributes come before unsupported ones, and these before bad values', () => {
	const bad = { remoteCommand: 1, priority: 1, foo: 1 };
	assert.throws(() => validateJobTemplate(bad), drmaa2Error({ attribute: 'foo', message: /unknown/ }));
	const { foo: _, ...rest } = bad;
	assert.throws(
		() => validateJobTemplate(rest),
		drmaa2Error({ code: 'UnsupportedAttribute', attribute: 'priority', message: /not supported/ }),
	);
});
