import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type LaunchRequest, launchError, preflight } from '../../src/template/index.js';
import { drmaa2Error, type Expected } from './drmaa2-error.js';

const ROOT = { skip: process.getuid?.() === 0 && 'root may write everywhere' };

let home: string;

before(async () => {
	home = await mkdtemp(join(tmpdir(), 'preflight-'));
	await mkdir(join(home, 'directory'));
	await mkdir(join(home, 'first'));
	await mkdir(join(home, 'second'));
	await writeFile(join(home, 'plain'), 'x', { mode: 0o644 });
	await link(join(home, 'plain'), join(home, 'hard-link'));
	await symlink('plain', join(home, 'soft-link'));
	await symlink('loop', join(home, 'loop'));
	await writeFile(join(home, 'first', 'tool'), '', { mode: 0o644 });
	await writeFile(join(home, 'second', 'tool'), '', { mode: 0o755 });
	execFileSync('mkfifo', [join(home, 'fifo')]);
});

after(() => rm(home, { recursive: true }));

function request(changes: Partial<LaunchRequest> = {}): LaunchRequest {
	return {
		path: '/bin/sh',
		argv: ['sh'],
		env: [],
		workingDirectory: home,
		stdin: { kind: 'null' },
		stdout: { kind: 'null' },
		stderr: { kind: 'null' },
		...changes,
	};
}

function file(name: string) {
	return { kind: 'file', path: join(home, name) } as const;
}

async function fails(changes: Partial<LaunchRequest>, expected: Expected) {
	const failure = await preflight(request(changes));
	assert.ok(failure, 'it passed');
	assert.throws(() => {
		throw launchError(failure, request(changes), '7');
	}, drmaa2Error(expected));
}

test('a job that could start passes, and nothing is created', async () => {
	const names = await readdir(home);
	assert.equal(await preflight(request()), undefined);
	assert.equal(
		await preflight(request({ stdin: file('plain'), stdout: file('new'), stderr: { kind: 'stdout' } })),
		undefined,
	);
	assert.equal(
		await preflight(request({ stdin: { kind: 'tracker', descriptor: 0 }, stderr: file('directory/new') })),
		undefined,
	);
	assert.deepEqual(await readdir(home), names);
});

test('a FIFO is not opened, so nobody has to be at its other end', async () => {
	assert.equal(await preflight(request({ stdin: file('fifo'), stdout: file('fifo') })), undefined);
});

test('the working directory must be a directory that exists', async () => {
	const attribute = 'workingDirectory';
	const missing = join(home, 'missing');
	await fails({ workingDirectory: missing }, { attribute, errno: 'ENOENT', path: missing, message: /create it first/ });
	const workingDirectory = join(home, 'plain');
	await fails({ workingDirectory }, { attribute, errno: 'ENOTDIR', message: /correct workingDirectory/ });
});

test('the input must exist', async () => {
	await fails({ stdin: file('missing') }, { attribute: 'inputPath', errno: 'ENOENT', message: /correct inputPath/ });
	await fails({ stdin: file('loop') }, { attribute: 'inputPath', errno: 'ELOOP', message: /symbolic links/ });
});

for (const [stream, attribute] of [
	['stdout', 'outputPath'],
	['stderr', 'errorPath'],
] as const) {
	test(`${attribute} must be a file that can be written or created`, async () => {
		await fails({ [stream]: file('directory') }, { attribute, errno: 'EISDIR', message: /name a file in it/ });
		await fails({ [stream]: file('no/new') }, { attribute, errno: 'ENOENT', message: /create it first/ });
		await fails({ [stream]: file('plain/new') }, { attribute, errno: 'ENOTDIR', message: /correct the path/ });
		await fails({ [stream]: file('new/') }, { attribute, errno: 'EISDIR', message: /name a file in it/ });
	});

	test(`${attribute} must not be another name of the input`, async () => {
		for (const name of ['plain', 'hard-link', 'soft-link']) {
			const changes = { stdin: file('plain'), [stream]: file(name) };
			await fails(changes, { attribute: 'inputPath', errno: 'EINVAL', message: /choose another file/ });
		}
	});
}

test('the command must be an executable file', async () => {
	const attribute = 'remoteCommand';
	await fails({ path: './missing' }, { attribute, errno: 'ENOENT', message: /correct remoteCommand/ });
	await fails({ path: './directory' }, { attribute, errno: 'EACCES', message: /is a directory/ });
	await fails({ path: './plain' }, { attribute, errno: 'EACCES', message: /chmod \+x/ });
	await fails({ path: './plain/x' }, { attribute, errno: 'ENOTDIR', message: /correct the path/ });
	await fails({ path: '/'.padEnd(300, 'x') }, { attribute, errno: 'ENAMETOOLONG', message: /shorter/ });
});

test('a relative command is relative to the working directory', async () => {
	assert.equal(await preflight(request({ path: 'second/tool' })), undefined);
});

test('the search goes on behind missing directories and files that may not be executed', async () => {
	const searchPath = `${home}/missing:${home}/plain:${home}/first:${home}/second`;
	assert.equal(await preflight(request({ path: 'tool', searchPath })), undefined);
	assert.equal(await preflight(request({ path: 'tool', searchPath: 'missing:second' })), undefined);
	assert.equal(
		await preflight(request({ path: 'tool', searchPath: '', workingDirectory: join(home, 'second') })),
		undefined,
	);
});

test('a search without success says why', async () => {
	const attribute = 'remoteCommand';
	const forbidden = { path: 'tool', searchPath: `${home}/first:${home}/missing` };
	await fails(forbidden, { attribute, errno: 'EACCES', path: 'tool', message: /along PATH/ });
	await fails({ path: 'tool', searchPath: home }, { attribute, errno: 'ENOENT', path: 'tool', message: /along PATH/ });
	await fails({ path: 'tool', searchPath: '' }, { attribute, errno: 'ENOENT', message: /along PATH ""/ });
});

test('of several faults the one the launcher would meet first is reported', async () => {
	const changes = { path: './missing', stdin: file('missing'), stdout: file('directory') };
	await fails(changes, { attribute: 'inputPath', message: /standard input/ });
});

test('permissions are looked at', ROOT, async () => {
	const path = join(home, 'locked');
	await mkdir(path, { mode: 0o000 });
	try {
		const errno = 'EACCES';
		await fails({ workingDirectory: path }, { attribute: 'workingDirectory', errno, message: /permission/ });
		await fails({ stdin: file('locked') }, { attribute: 'inputPath', errno, message: /permission to read/ });
		await fails({ stdout: file('locked/new') }, { attribute: 'outputPath', errno, message: /permission to write/ });
	} finally {
		await chmod(path, 0o755);
	}
});
