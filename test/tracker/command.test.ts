import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	read,
	runJob,
	shell,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

async function program(directory: string, name: string, script: string) {
	await mkdir(directory, { recursive: true });
	await writeFile(join(directory, name), `#!/bin/sh\n${script}\n`);
	await chmod(join(directory, name), 0o755);
}

test('a command without a slash is found in the PATH of the job, not of the tracker', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	await program(join(directory, 'bin'), 'the-tool', 'exit 5');
	const PATH = `/nowhere:${directory}/bin`;
	assertExited(await runJob(tracker, { remoteCommand: 'the-tool', jobEnvironment: { PATH } }), 5);
	await assert.rejects(tracker.addJob({ remoteCommand: 'the-tool' }), { code: 'InvalidArgument', errno: 'ENOENT' });
});

test('the first directory of PATH wins, and one that cannot be executed is passed over', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	await mkdir(join(directory, 'a'));
	await writeFile(join(directory, 'a', 'tool'), 'not executable');
	await program(join(directory, 'b'), 'tool', 'exit 2');
	await program(join(directory, 'c'), 'tool', 'exit 3');
	const jobEnvironment = { PATH: ['a', 'b', 'c'].map((name) => join(directory, name)).join(':') };
	assertExited(await runJob(tracker, { remoteCommand: 'tool', jobEnvironment }), 2);
});

test('an empty directory in PATH is the working directory', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	await program(workingDirectory, 'tool', 'exit 4');
	const job = { remoteCommand: 'tool', workingDirectory, jobEnvironment: { PATH: '/bin:' } };
	assertExited(await runJob(tracker, job), 4);
});

test('a command with a slash is taken as it is, relative to the working directory', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	await program(join(workingDirectory, 'sub'), 'tool', 'exit 6');
	const jobEnvironment = { PATH: '' };
	assertExited(await runJob(tracker, { remoteCommand: 'sub/tool', workingDirectory, jobEnvironment }), 6);
	assertExited(await runJob(tracker, { remoteCommand: join(workingDirectory, 'sub/tool'), jobEnvironment }), 6);
});

const VERBATIM = [
	'',
	' ',
	'a b',
	'"',
	"'",
	'\\',
	'$HOME',
	'*',
	'`id`',
	'one\ntwo',
	'\t',
	'äöü',
	'🚀',
	'--',
	'-x',
	'%s',
];

test('arguments arrive as they are, the command as argv[0]', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const script = 'cat /proc/$$/cmdline; exit 0';
	const job = shell(script, { args: ['-c', script, ...VERBATIM], workingDirectory, outputPath: 'out' });
	assertExited(await runJob(tracker, job), 0);
	assert.deepEqual(read(workingDirectory, 'out').split('\0'), ['/bin/sh', '-c', script, ...VERBATIM, '']);
});

test('arguments of more than a packet to the launcher arrive as well', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const many = Array.from({ length: 2000 }, (_, i) => `${i}`.padEnd(500, 'x'));
	const args = ['-c', 'printf "%s\\n" "$@"; exit 0', 'sh', ...many];
	assertExited(await runJob(tracker, { remoteCommand: '/bin/sh', args, workingDirectory, outputPath: 'out' }), 0);
	assert.equal(read(workingDirectory, 'out'), `${many.join('\n')}\n`);
});

test('a job may have no arguments at all', async (t) => {
	const tracker = await withTracker(t);
	assertExited(await runJob(tracker, { remoteCommand: '/bin/true' }), 0);
	assertExited(await runJob(tracker, { remoteCommand: '/bin/false', args: [] }), 1);
});
