import { isAbsolute, posix } from 'node:path';
import { Drmaa2Error } from '../drmaa2/index.js';
import type { TaskIndex } from './job-environment.js';
import { replacePlaceholders } from './placeholders.js';

/**
 * The directory the job starts in: that of the template, else the tracker's own.
 *
 * @throws Drmaa2Error `InvalidArgument` when it is not absolute after its placeholders have been replaced
 */
export function workingDirectory(text: string | undefined, taskId: TaskIndex | undefined): string {
	if (text === undefined) {
		return ownDirectory();
	}
	const directory = replacePlaceholders('workingDirectory', text, { taskId });
	if (!isAbsolute(directory)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`workingDirectory ${JSON.stringify(directory)} is a relative path: make it absolute with path.resolve()`,
			{ attribute: 'workingDirectory', path: directory },
		);
	}
	return directory;
}

/**
 * Makes a path absolute against a directory and removes what means nothing (`./`, doubled slashes). A step upwards is
 * left to the kernel: behind a symbolic link it leads elsewhere than the text suggests.
 */
export function absolutePath(path: string, directory: string): string {
	const whole = isAbsolute(path) ? path : `${directory}/${path}`;
	return STEP_UPWARDS.test(whole) ? whole : posix.normalize(whole);
}

const STEP_UPWARDS = /(?:^|\/)\.\.(?:\/|$)/;

function ownDirectory(): string {
	try {
		return process.cwd();
	} catch (cause) {
		throw new Drmaa2Error(
			'InvalidArgument',
			'the current directory of this process has been removed: set workingDirectory',
			{ attribute: 'workingDirectory', syscall: 'getcwd', cause },
		);
	}
}
