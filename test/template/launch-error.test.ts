import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drmaa2ErrorCode } from '../../src/drmaa2/index.js';
import type { LaunchStage } from '../../src/template/index.js';
import { LAUNCH_STAGES, type LaunchRequest, launchError, launchSubState } from '../../src/template/index.js';

const REQUEST: LaunchRequest = {
	path: 'prog',
	searchPath: '/usr/bin:/bin',
	argv: ['prog'],
	env: [],
	workingDirectory: '/wd',
	stdin: { kind: 'file', path: '/wd/in' },
	stdout: { kind: 'file', path: '/wd/out' },
	stderr: { kind: 'file', path: '/wd/err' },
};

interface Facts {
	readonly attribute?: string;
	readonly syscall?: string;
	readonly path?: string;
}

const CWD: Facts = { attribute: 'workingDirectory', syscall: 'chdir', path: '/wd' };
const INPUT: Facts = { attribute: 'inputPath', syscall: 'open', path: '/wd/in' };
const OUTPUT: Facts = { attribute: 'outputPath', syscall: 'open', path: '/wd/out' };
const ERRORS: Facts = { attribute: 'errorPath', syscall: 'open', path: '/wd/err' };
const PROGRAM: Facts = { attribute: 'remoteCommand', syscall: 'execve', path: 'prog' };

const CASES: readonly (readonly [LaunchStage, string, Drmaa2ErrorCode, Facts, RegExp])[] = [
	['launcher', 'EPIPE', 'DrmCommunication', {}, /submit it again/],
	['launcher', 'EMFILE', 'OutOfResource', {}, /RLIMIT_NOFILE/],
	['request', 'EPROTO', 'Internal', {}, /report it/],
	['clone', 'EAGAIN', 'TryLater', { syscall: 'clone' }, /RLIMIT_NPROC.*try again later/],
	['clone', 'ENOMEM', 'OutOfResource', { syscall: 'clone' }, /memory/],
	['clone', 'EINVAL', 'Internal', { syscall: 'clone' }, /report it/],
	['cancelled', 'ECANCELED', 'InvalidState', {}, /submit it again/],
	['setpgid', 'EPERM', 'Internal', { syscall: 'setpgid' }, /report it/],
	['chdir', 'ENOENT', 'InvalidArgument', CWD, /"\/wd".*create it first/],
	['chdir', 'ENOTDIR', 'InvalidArgument', CWD, /not a directory; correct workingDirectory/],
	['chdir', 'EACCES', 'InvalidArgument', CWD, /permission/],
	['chdir', 'EIO', 'InvalidArgument', CWD, /correct workingDirectory/],
	['stdin', 'ENOENT', 'InvalidArgument', INPUT, /"\/wd\/in" as standard input.*correct inputPath/],
	['stdin', 'ELOOP', 'InvalidArgument', INPUT, /symbolic links; correct/],
	['stdin', 'ENFILE', 'OutOfResource', { syscall: 'open', path: '/wd/in' }, /fs\.file-max/],
	['stdout', 'EISDIR', 'InvalidArgument', OUTPUT, /it is a directory; name a file in it/],
	['stdout', 'ENOSPC', 'OutOfResource', { syscall: 'open', path: '/wd/out' }, /free some space/],
	['stderr', 'ENOENT', 'InvalidArgument', ERRORS, /the directory of the file does not exist/],
	['stderr', 'EROFS', 'InvalidArgument', ERRORS, /read-only; choose/],
	['inputIsOutput', 'EINVAL', 'InvalidArgument', { attribute: 'inputPath', path: '/wd/in' }, /choose another file/],
	[
		'exec',
		'ENOENT',
		'InvalidArgument',
		PROGRAM,
		/"prog" along PATH "\/usr\/bin:\/bin".*interpreter named in its #! line/,
	],
	['exec', 'EACCES', 'InvalidArgument', PROGRAM, /not executable or is a directory; make it executable/],
	['exec', 'ENOEXEC', 'InvalidArgument', PROGRAM, /add a #! line.*no shell is used/],
	['exec', 'ENOTDIR', 'InvalidArgument', PROGRAM, /correct the path/],
	['exec', 'ENAMETOOLONG', 'InvalidArgument', PROGRAM, /use a shorter one/],
	['exec', 'ETXTBSY', 'InvalidArgument', PROGRAM, /open for writing/],
	['exec', 'E2BIG', 'InvalidArgument', { ...PROGRAM, attribute: 'args' }, /pass the data in a file/],
	['exec', 'EAGAIN', 'TryLater', { syscall: 'execve', path: 'prog' }, /try again later/],
	['exec', 'EIO', 'Internal', { syscall: 'execve', path: 'prog' }, /look at the program/],
];

for (const [stage, errno, code, facts, remedy] of CASES) {
	test(`${errno} at the stage ${stage} is ${code}`, () => {
		const error = launchError({ stage, errno }, REQUEST, '7');
		assert.deepEqual({ ...error }, { code, stage, errno, ...facts });
		assert.match(error.message, /^job 7: /);
		assert.match(error.message, remedy);
	});
}

for (const stage of LAUNCH_STAGES) {
	test(`an errno nobody knows still gives a message with a remedy at the stage ${stage}`, () => {
		assert.match(launchError({ stage, errno: 'EXFULL' }, REQUEST, '7').message, /^job 7: .+ \(EXFULL\): .+/);
		assert.equal(launchSubState(stage, 'EXFULL'), `launch:${stage}:EXFULL`);
	});
}

test('streams that are no files have no path', () => {
	const request: LaunchRequest = {
		...REQUEST,
		stdin: { kind: 'tracker', descriptor: 0 },
		stdout: { kind: 'null' },
		stderr: { kind: 'stdout' },
	};
	for (const [stage, stream] of [
		['stdin', 'descriptor 0 of the tracker'],
		['stdout', '/dev/null'],
		['stderr', 'standard output'],
	] as const) {
		const error = launchError({ stage, errno: 'EBADF' }, request, '7');
		assert.equal('path' in error, false);
		assert.ok(error.message.includes(`cannot open ${stream} as`), error.message);
	}
});
