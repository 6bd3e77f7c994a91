import { constants } from 'node:fs';
import { accessErrno, statOrErrno } from './file-errno.js';
import { absolutePath } from './job-paths.js';
import { INDEX_MARK, type LaunchRequest } from './launch-request.js';

/**
 * Whether the program of a request can be found and executed: nothing, or the name of the error execve(2) would give.
 * Searches as execvp(3) does: a missing directory hides nothing behind it, and a file that may not be executed is
 * remembered but does not end the search.
 */
export async function executableErrno(request: LaunchRequest): Promise<string | undefined> {
	if (request.searchPath === undefined) {
		return await fileErrno(absolutePath(request.path, request.workingDirectory));
	}
	let result = 'ENOENT';
	for (const directory of request.searchPath.split(':')) {
		// An empty directory is the working directory (POSIX, XBD 8.3).
		const candidate = directory === '' ? request.path : `${directory}/${request.path}`;
		const errno = await fileErrno(absolutePath(candidate, request.workingDirectory));
		if (errno === 'EACCES') {
			result = errno;
		} else if (errno === undefined || !HIDES_NOTHING.has(errno)) {
			return errno;
		}
	}
	return result;
}

/** The directory is missing or out of reach, as on a network that does not answer. */
const HIDES_NOTHING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESTALE', 'ENODEV', 'ETIMEDOUT']);

async function fileErrno(path: string): Promise<string | undefined> {
	if (path.includes(INDEX_MARK)) {
		// Below a working directory that differs from task to task: it may well be there.
		return undefined;
	}
	const facts = await statOrErrno(path);
	if (typeof facts === 'string') {
		return facts;
	}
	// execve(2) gives EACCES for everything that is no regular file, directories included.
	return facts.isFile() ? await accessErrno(path, constants.X_OK) : 'EACCES';
}
