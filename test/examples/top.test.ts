import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { screenLines } from '../../examples/top/view.js';
import { assertNoChildren, PACKAGE_ROOT, shell, soon, waitUntil, withTracker } from '../support/index.js';

after(assertNoChildren);

const TOP = join(PACKAGE_ROOT, 'dist/examples/top/top.js');

test('where there is no terminal it shows one screen', async () => {
	const args = [TOP, '--once', '--interval', '50', 'sleep 60'];
	const { stdout } = await promisify(execFile)(process.execPath, args);
	assert.match(stdout, /> +1 +Running/);
	assert.match(stdout, /load [\d.]+ [\d.]+ [\d.]+/);
});

test('a bad interval is answered with its remedy', async () => {
	const { status, stderr } = spawnSync(process.execPath, [TOP, '--interval', 'soon'], { encoding: 'utf8' });
	assert.equal(status, 2);
	assert.match(stderr, /pass milliseconds/);
});

test('no line is wider than the screen, and a foreign name cannot speak to the terminal', async (t) => {
	const tracker = await withTracker(t);
	await tracker.addJob(shell("exec sleep 60; : '\x1b[2J\x07'"));
	const job = await tracker.addJob({ remoteCommand: '/bin/sh', args: ['-c', 'sleep 60; :', '\x1b[31mred'] });
	const [machine] = await tracker.getAllMachines();
	const snapshot = await tracker.snapshot();
	const jobs = [await tracker.jobInfo(job)];
	for (const [columns, rows] of [
		[40, 10],
		[120, 400],
	] as const) {
		const message = '';
		const lines = screenLines({
			machine: machine!,
			snapshot,
			jobs,
			selectedJob: job,
			order: 'pid',
			message,
			columns,
			rows,
		});
		assert.ok(lines.length <= rows);
		for (const line of lines) {
			// biome-ignore lint/suspicious/noControlCharactersInRegex: the two that the view itself writes
			const text = line.replace(/^\x1b\[7m(.*)\x1b\[0m$/, '$1');
			assert.ok(text.length <= columns, text);
			assert.doesNotMatch(text, /\p{Cc}/u);
		}
	}
});

const cannotPretend = spawnSync('script', ['--version']).status !== 0 && 'script is not installed';

test('keys suspend, resume and kill a job, and leave', { skip: cannotPretend }, async (t) => {
	// script gives it a terminal.
	const command = `'${process.execPath}' '${TOP}' --interval 50 'sleep 60'`;
	const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { stdio: 'pipe' });
	const ended = once(terminal, 'exit');
	t.after(() => terminal.kill('SIGKILL'));
	let seen = '';
	terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
		seen += text;
	});
	const shows = (what: RegExp) =>
		waitUntil(() => what.test(seen.slice(seen.lastIndexOf('\x1b[H'))), `it shows ${what}`);
	await shows(/> +1 +Running/);
	terminal.stdin.write('s');
	await shows(/> +1 +Suspended +stopped:SIGTSTP/);
	terminal.stdin.write('r');
	await shows(/> +1 +Running/);
	terminal.stdin.write('k');
	await shows(/> +1 +Failed +signaled:SIGKILL/);
	terminal.stdin.write('r');
	await shows(/cannot resume job 1/);
	terminal.stdin.write('q');
	assert.deepEqual(await soon(ended, 'it ends'), [0, null]);
	assert.match(seen, /\?1049l/, 'the screen is given back');
});
