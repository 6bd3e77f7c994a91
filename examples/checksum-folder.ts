// Runs a command over every file of a folder, as one array of jobs, and shows what the runs used.
//
//   npm start                                  sha256sum over /usr/sbin
//   npm start -- /usr/share/doc                sha256sum over another folder
//   npm start -- /usr/share/dict xz -9 -c      another command; it gets the file as its standard input

import { mkdir, mkdtemp, readdir, stat, symlink } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type JobInfo, ProcessTracker } from '../src/index.js';
import { followProgress } from './progress-line.js';
import { usageReport } from './usage-report.js';

const [folder = '/usr/sbin', command = 'sha256sum', ...args] = process.argv.slice(2);

try {
	process.exitCode = await main(resolve(folder));
} catch (error) {
	// A command that does not exist, a folder that cannot be read: the message says what to do.
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
}

async function main(directory: string): Promise<number> {
	const files = await filesIn(directory);
	if (files.length === 0) {
		console.log(`There is no file in ${directory}.`);
		return 0;
	}
	const work = await prepare(files);
	await using tracker = await ProcessTracker.open('checksum-folder');

	const array = await tracker.addArrayJob(
		{
			remoteCommand: command,
			args,
			workingDirectory: work,
			inputPath: 'in/$DRMAA2_INDEX$',
			outputPath: 'out/$DRMAA2_INDEX$',
			errorPath: 'errors',
		},
		{ begin: 1, end: files.length, maxParallel: availableParallelism() },
	);
	await followProgress(tracker, array);

	const infos: JobInfo[] = [];
	for await (const info of tracker.jobInfos(array)) {
		infos.push(info);
	}
	const summary = await tracker.arrayInfo(array);
	console.log(
		usageReport(
			summary,
			infos.map((info, index) => ({ name: basename(files[index] ?? ''), info })),
		),
	);
	console.log(`\nThe outputs are in ${join(work, 'out')}.`);
	return summary.states.Done === summary.taskCount ? 0 : 1;
}

/** A task knows its file by its index: in/1 leads to the first, in/2 to the second, … */
async function prepare(files: readonly string[]): Promise<string> {
	const work = await mkdtemp(join(tmpdir(), 'os-process-tracker-'));
	await mkdir(join(work, 'in'));
	await mkdir(join(work, 'out'));
	await Promise.all(files.map((file, index) => symlink(file, join(work, 'in', String(index + 1)))));
	return work;
}

async function filesIn(directory: string): Promise<string[]> {
	const paths = (await readdir(directory)).sort().map((name) => join(directory, name));
	const regular = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => undefined))?.isFile()));
	return paths.filter((_, index) => regular[index]);
}
