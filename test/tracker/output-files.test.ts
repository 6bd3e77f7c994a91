import assert from 'node:assert/strict';
import { link, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
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

const BOTH = 'echo 1; echo 2 >&2; echo 3; echo 4 >&2';

test('input, output and error go to the files that are named, relative to the working directory', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	await mkdir(join(workingDirectory, 'sub'));
	await writeFile(join(workingDirectory, 'in'), 'from the input\n');
	const streams = { inputPath: './in', outputPath: 'sub/out', errorPath: join(workingDirectory, 'err') };
	assertExited(await runJob(tracker, shell(`cat; ${BOTH}`, { workingDirectory, ...streams })), 0);
	assert.equal(read(workingDirectory, 'sub/out'), 'from the input\n1\n3\n');
	assert.equal(read(workingDirectory, 'err'), '2\n4\n');
});

test('what was in an output file is gone, also when the job writes nothing', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	for (const name of ['out', 'err']) {
		await writeFile(join(workingDirectory, name), 'old '.repeat(100));
	}
	const streams = { outputPath: 'out', errorPath: 'err' };
	assertExited(await runJob(tracker, shell('echo new', { workingDirectory, ...streams })), 0);
	assert.deepEqual([read(workingDirectory, 'out'), read(workingDirectory, 'err')], ['new\n', '']);
});

test('output files are opened write-only and for appending', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const streams = { outputPath: 'out', errorPath: 'err' };
	const script = 'cat /proc/self/fdinfo/1; cat /proc/self/fdinfo/2';
	assertExited(await runJob(tracker, shell(script, { workingDirectory, ...streams })), 0);
	const flags = [...read(workingDirectory, 'out').matchAll(/^flags:\s+(\d+)/gm)].map(([, digits]) =>
		Number.parseInt(digits!, 8),
	);
	assert.equal(flags.length, 2);
	for (const value of flags) {
		assert.equal(value & 0o3, 1, 'O_WRONLY');
		assert.equal(value & 0o2000, 0o2000, 'O_APPEND');
	}
});

test('joinFiles keeps the order of the bytes, and errorPath is ignored', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const streams = { outputPath: 'out', errorPath: 'err', joinFiles: true };
	assertExited(await runJob(tracker, shell(BOTH, { workingDirectory, ...streams })), 0);
	assert.equal(read(workingDirectory, 'out'), '1\n2\n3\n4\n');
	assert.deepEqual(await readdir(workingDirectory), ['out']);
});

const TWO_WRITERS =
	'for stream in 1 2; do (i=0; while [ $i -lt 500 ]; do echo "$stream $i" >&$stream; i=$((i+1)); done)& done; wait';

for (const [how, other] of [
	['the same name', 'out'],
	['another spelling', './/out'],
	['a symbolic link', 'soft'],
	['a hard link', 'hard'],
] as const) {
	test(`output and error in one file, by ${how}, lose no byte to each other`, async (t) => {
		const tracker = await withTracker(t);
		const workingDirectory = await temporaryDirectory(t);
		await writeFile(join(workingDirectory, 'out'), 'old');
		await symlink('out', join(workingDirectory, 'soft'));
		await link(join(workingDirectory, 'out'), join(workingDirectory, 'hard'));
		const streams = { outputPath: 'out', errorPath: other };
		assertExited(await runJob(tracker, shell(TWO_WRITERS, { workingDirectory, ...streams })), 0);
		const lines = read(workingDirectory, 'out').split('\n').slice(0, -1);
		for (const stream of ['1', '2']) {
			const own = lines.filter((line) => line.startsWith(`${stream} `));
			assert.deepEqual(
				own,
				Array.from({ length: 500 }, (_, i) => `${stream} ${i}`),
			);
		}
		assert.equal(lines.length, 1000);
	});
}

test('a stream that is not set is /dev/null', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const script = 'exec 9> seen; for fd in 0 1 2; do echo $(readlink /proc/$$/fd/$fd) >&9; done';
	assertExited(await runJob(tracker, shell(script, { workingDirectory })), 0);
	assert.equal(read(workingDirectory, 'seen'), '/dev/null\n'.repeat(3));
});

test('output files are made with the mode 0666 and the umask of the tracker', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const before = process.umask();
	t.after(() => process.umask(before));
	// Changed while the launcher runs: what counts is the moment of the submission.
	for (const [name, umask] of [
		['first', 0o027],
		['second', 0o002],
		['third', 0o077],
	] as const) {
		process.umask(umask);
		assertExited(await runJob(tracker, shell('umask', { workingDirectory, outputPath: name })), 0);
		const { mode } = await stat(join(workingDirectory, name));
		assert.equal(mode & 0o777, 0o666 & ~umask, name);
		assert.equal(Number.parseInt(read(workingDirectory, name), 8), umask, 'what the job itself has');
	}
});
