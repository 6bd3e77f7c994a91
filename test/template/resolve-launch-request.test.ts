import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { HOME_DIR, type JobTemplate, PARAMETRIC_INDEX, WORKING_DIR } from '../../src/drmaa2/index.js';
import { type EnvironmentContext, resolveLaunchRequest, validateJobTemplate } from '../../src/template/index.js';
import { drmaa2Error } from './drmaa2-error.js';

function resolve(template: Partial<JobTemplate>, context: Partial<EnvironmentContext> = {}) {
	const validated = validateJobTemplate({ remoteCommand: '/bin/true', workingDirectory: '/wd', ...template });
	return resolveLaunchRequest(validated, { jobId: '7', baseEnvironment: {}, ...context });
}

function refused(template: Partial<JobTemplate>, attribute: string, message: RegExp, taskId?: number) {
	const context = taskId === undefined ? {} : { taskId };
	assert.throws(() => resolve(template, context), drmaa2Error({ attribute, message }));
}

test('the least template gives a whole request', () => {
	const request = resolveLaunchRequest(validateJobTemplate({ remoteCommand: '/bin/true' }), {
		jobId: '1',
		baseEnvironment: { PATH: '/bin', GONE: undefined },
	});
	assert.deepEqual(request, {
		path: '/bin/true',
		argv: ['/bin/true'],
		env: ['PATH=/bin', 'JOB_ID=1'],
		workingDirectory: process.cwd(),
		stdin: { kind: 'null' },
		stdout: { kind: 'null' },
		stderr: { kind: 'null' },
	});
});

test('the command comes first in argv, and the arguments are not touched', () => {
	const args = ['', '*', `${HOME_DIR}/x`, PARAMETRIC_INDEX];
	const request = resolve({ remoteCommand: `/bin/${WORKING_DIR}`, args, jobEnvironment: { A: HOME_DIR } });
	assert.deepEqual(request.argv, [`/bin/${WORKING_DIR}`, ...args]);
	assert.ok(request.env.includes(`A=${HOME_DIR}`));
});

test('a command without a slash is looked up in the PATH of the job', () => {
	const baseEnvironment = { PATH: '/base' };
	assert.equal(resolve({ remoteCommand: 'true' }, { baseEnvironment }).searchPath, '/base');
	const jobEnvironment = { PATH: '' };
	assert.equal(resolve({ remoteCommand: 'true', jobEnvironment }, { baseEnvironment }).searchPath, '');
	assert.equal(resolve({ remoteCommand: 'true' }).searchPath, '/usr/local/bin:/usr/bin:/bin');
	assert.equal('searchPath' in resolve({ remoteCommand: './true' }, { baseEnvironment }), false);
});

test('the environment is base, template, then what the library says', () => {
	const baseEnvironment = { A: 'base', B: 'base', JOB_ID: '3', TASK_ID: '4', DRMAA_INDEX_VAR: 'TASK_ID' };
	const jobEnvironment = { B: 'job', JOB_ID: 'x', TASK_ID: 'y' };
	assert.deepEqual(resolve({ jobEnvironment }, { baseEnvironment }).env, ['A=base', 'B=job', 'JOB_ID=7', 'TASK_ID=y']);
	assert.deepEqual(resolve({ jobEnvironment }, { baseEnvironment, taskId: 12 }).env, [
		'A=base',
		'B=job',
		'JOB_ID=7',
		'TASK_ID=12',
		'DRMAA_INDEX_VAR=TASK_ID',
	]);
	assert.deepEqual(resolve({}, { baseEnvironment }).env, ['A=base', 'B=base', 'JOB_ID=7']);
});

for (const [path, resolved] of [
	['out', '/wd/out'],
	['./logs//out', '/wd/logs/out'],
	['/abs/out', '/abs/out'],
	['logs/', '/wd/logs/'],
	['../out', '/wd/../out'],
	['a..b', '/wd/a..b'],
	[`${WORKING_DIR}/out`, '/wd/out'],
	[`${HOME_DIR}/out`, `${homedir()}/out`],
	[`${HOME_DIR}/${PARAMETRIC_INDEX}-${PARAMETRIC_INDEX}.log`, `${homedir()}/5-5.log`],
	[`out:${PARAMETRIC_INDEX}`, '/wd/out:5'],
	['$DRMAA2_OTHER$', '/wd/$DRMAA2_OTHER$'],
] as const) {
	test(`the path ${path} becomes ${resolved} for each stream`, () => {
		const file = { kind: 'file', path: resolved };
		assert.deepEqual(resolve({ inputPath: path }, { taskId: 5 }).stdin, file);
		assert.deepEqual(resolve({ outputPath: path }, { taskId: 5 }).stdout, file);
		assert.deepEqual(resolve({ errorPath: path }, { taskId: 5 }).stderr, file);
	});
}

test('placeholders are replaced in the working directory', () => {
	const workingDirectory = `${HOME_DIR}/${PARAMETRIC_INDEX}`;
	const request = resolve({ workingDirectory, outputPath: `${WORKING_DIR}/out` }, { taskId: 2 });
	assert.equal(request.workingDirectory, `${homedir()}/2`);
	assert.deepEqual(request.stdout, { kind: 'file', path: `${homedir()}/2/out` });
});

test('a directory that is called like a placeholder is not replaced again', () => {
	const home = process.env['HOME'];
	process.env['HOME'] = `/odd/${PARAMETRIC_INDEX}`;
	try {
		assert.equal(resolve({ workingDirectory: HOME_DIR }).workingDirectory, `/odd/${PARAMETRIC_INDEX}`);
		process.env['HOME'] = 'relative';
		refused({ inputPath: HOME_DIR }, 'inputPath', /HOME is not an absolute path: correct HOME/);
	} finally {
		process.env['HOME'] = home ?? '';
		if (home === undefined) {
			delete process.env['HOME'];
		}
	}
});

for (const attribute of ['workingDirectory', 'inputPath', 'outputPath', 'errorPath'] as const) {
	test(`misplaced placeholders are refused in ${attribute}`, () => {
		const beginning = /may only stand at the beginning: move it there/;
		refused({ [attribute]: `/x/${HOME_DIR}` }, attribute, beginning);
		refused({ [attribute]: `/x/${WORKING_DIR}` }, attribute, beginning);
		refused({ [attribute]: `${HOME_DIR}${HOME_DIR}` }, attribute, beginning);
		refused({ [attribute]: `/x/${PARAMETRIC_INDEX}` }, attribute, /only in array jobs: remove it or submit an array/);
	});
}

test('the working directory cannot begin with itself', () => {
	refused({ workingDirectory: WORKING_DIR }, 'workingDirectory', /would stand for itself here: write/);
});

test('a relative working directory is refused', () => {
	refused({ workingDirectory: 'data' }, 'workingDirectory', /"data" is a relative path: make it absolute/);
	refused({ workingDirectory: PARAMETRIC_INDEX }, 'workingDirectory', /"3" is a relative path/, 3);
});

test('the streams of the tracker can be handed on', () => {
	const request = resolve({ inputPath: '/dev/stdin', outputPath: '/dev/stderr', errorPath: '/dev/stdout' });
	assert.deepEqual(request.stdin, { kind: 'tracker', descriptor: 0 });
	assert.deepEqual(request.stdout, { kind: 'tracker', descriptor: 2 });
	assert.deepEqual(request.stderr, { kind: 'tracker', descriptor: 1 });
	assert.deepEqual(resolve({ outputPath: '/dev/stdout', errorPath: '/dev/stdout' }).stderr, { kind: 'stdout' });
});

test('streams of the tracker are refused in the wrong direction', () => {
	refused({ inputPath: '/dev/stdout' }, 'inputPath', /the other direction: use \/dev\/stdin or a file/);
	refused({ inputPath: '/dev/stderr' }, 'inputPath', /the other direction/);
	refused({ outputPath: '/dev/stdin' }, 'outputPath', /the other direction: use \/dev\/stdout, \/dev\/stderr/);
	refused({ errorPath: '/dev/stdin' }, 'errorPath', /the other direction/);
});

test('joined files ignore errorPath, whatever it says', () => {
	for (const errorPath of ['err', 'in', '/dev/stdin', PARAMETRIC_INDEX]) {
		const request = resolve({ joinFiles: true, inputPath: 'in', outputPath: 'out', errorPath });
		assert.deepEqual(request.stderr, { kind: 'stdout' });
	}
	assert.deepEqual(resolve({ joinFiles: true }).stderr, { kind: 'stdout' });
});

test('one file for output and error is one description', () => {
	const request = resolve({ outputPath: 'log', errorPath: `${WORKING_DIR}/./log` });
	assert.deepEqual(request.stdout, { kind: 'file', path: '/wd/log' });
	assert.deepEqual(request.stderr, { kind: 'stdout' });
});

test('an input that is also an output is refused', () => {
	const message = /the same file "\/wd\/x".*: choose another file/;
	refused({ inputPath: 'x', outputPath: '/wd/x' }, 'inputPath', message);
	refused({ inputPath: './x', errorPath: 'x' }, 'inputPath', message);
	refused({ inputPath: 'x', outputPath: 'x', joinFiles: true }, 'inputPath', message);
});

test('/dev/null may stand everywhere at once', () => {
	const path = '/dev/null';
	const request = resolve({ inputPath: path, outputPath: path, errorPath: path });
	assert.deepEqual([request.stdin, request.stdout, request.stderr], Array(3).fill({ kind: 'null' }));
});

for (const [sentence, template, attribute, message] of [
	[
		'an argument',
		{ args: ['a', 'x'.repeat(131_072)] },
		'args',
		/^args\[1\] takes 131073 bytes.*: pass the data in a file/,
	],
	['an argument of many bytes', { args: ['€'.repeat(50_000)] }, 'args', /^args\[0\] takes 150001 bytes/],
	['a variable', { jobEnvironment: { A: 'x'.repeat(131_070) } }, 'jobEnvironment', /variable "A" takes 131073 bytes/],
	['the command', { remoteCommand: 'x'.repeat(131_072) }, 'remoteCommand', /^remoteCommand takes/],
	['the arguments together', { args: Array(64).fill('x'.repeat(100_000)) }, 'args', /exceed the 6291456 bytes/],
	['many short arguments', { args: Array(650_000).fill('x') }, 'args', /exceed the 6291456 bytes/],
	[
		'the environment',
		{ jobEnvironment: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`V${i}`, 'x'.repeat(100_000)])) },
		'jobEnvironment',
		/^jobEnvironment: .*exceed.*: pass the data in a file/,
	],
] as const) {
	test(`what no execve would take is refused: ${sentence}`, () => {
		assert.throws(() => resolve(template), drmaa2Error({ attribute, message, errno: 'E2BIG' }));
	});
}

test('the longest possible strings are accepted', () => {
	const args = ['x'.repeat(131_071), '€'.repeat(43_690)];
	assert.equal(resolve({ args, jobEnvironment: { A: 'x'.repeat(131_069) } }).argv.length, 3);
});
