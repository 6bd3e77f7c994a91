// Runs a command over every file of a folder, as many at once as there are cores, and shows what each run used.
//
//   npm start                                  sha256sum over /usr/share/common-licenses
//   npm start -- /usr/bin                      sha256sum over another folder
//   npm start -- /usr/share/dict xz -9 -c      another command; the file is its last argument

import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type JobInfo, JobState, ProcessTracker } from '../src/index.js';
import { progressLine } from './progress-line.js';
import { usageTable } from './usage-table.js';

const [folder = '/usr/share/common-licenses', command = 'sha256sum', ...args] = process.argv.slice(2);

try {
	process.exitCode = await main(resolve(folder));
} catch (error) {
	// A command that does not exist, a folder that cannot be read: the message says what to do.
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
}

async function main(directory: string): Promise<number> {
	const files = await filesIn(directory);
	const outputs = await mkdtemp(join(tmpdir(), 'os-process-tracker-'));
	await using tracker = await ProcessTracker.open('checksum-folder', { maxRunning: availableParallelism() });

	const progress = progressLine(files.length);
	const infos = await Promise.all(
		files.map(async (file) => {
			const info = await run(tracker, file, outputs);
			progress.count(info.state);
			return info;
		}),
	);
	progress.end();

	console.log(usageTable(infos.map((info, index) => ({ name: basename(files[index] ?? ''), info }))));
	console.log(`\nThe outputs are in ${outputs}.`);
	return infos.every(({ state }) => state === JobState.Done) ? 0 : 1;
}

async function run(tracker: ProcessTracker, file: string, outputs: string): Promise<JobInfo> {
	const id = await tracker.addJob({
		remoteCommand: command,
		args: [...args, file],
		outputPath: join(outputs, basename(file)),
		errorPath: join(outputs, `${basename(file)}.err`),
	});
	await tracker.wait(id, [JobState.Done, JobState.Failed]);
	return await tracker.jobInfo(id);
}

async function filesIn(directory: string): Promise<string[]> {
	const paths = (await readdir(directory)).sort().map((name) => join(directory, name));
	const regular = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => undefined))?.isFile()));
	return paths.filter((_, index) => regular[index]);
}
