import { type BigIntStats, constants } from 'node:fs';
import { dirname } from 'node:path';
import { executableErrno } from './executable-search.js';
import { accessErrno, statOrErrno } from './file-errno.js';
import { type ErrorStream, INDEX_MARK, type LaunchRequest } from './launch-request.js';
import type { LaunchFailure, LaunchStage } from './launch-stage.js';

/**
 * For a job that has to wait: checks that it could start now, and fails as the launcher would. A promise of nothing,
 * since files come and go; what cannot be seen from outside (an interpreter, the format of the program) is left to the
 * launch. Opens nothing, creates nothing: an input may be a FIFO, and opening it would be noticed.
 *
 * Of an array's request only that is checked which is the same for all tasks: what varies is each task's own matter.
 *
 * @returns the first failure, or nothing when all is well
 */
export async function preflight(request: LaunchRequest): Promise<LaunchFailure | undefined> {
	for (const [stage, check] of CHECKS) {
		const errno = await check(request);
		if (errno !== undefined) {
			return { stage, errno };
		}
	}
	return undefined;
}

/** The name of an error, or nothing when all is well. */
type Errno = string | undefined;

/** In the order of the launcher, so that of several faults both report the same. */
const CHECKS: readonly (readonly [LaunchStage, (request: LaunchRequest) => Promise<Errno>])[] = [
	['chdir', (request) => directoryErrno(request.workingDirectory, constants.X_OK)],
	['stdin', inputErrno],
	['stdout', (request) => outputErrno(request.stdout)],
	['stderr', (request) => outputErrno(request.stderr)],
	['inputIsOutput', sameFileErrno],
	['exec', executableErrno],
];

/** Its path depends on the index of the task. */
function varies(path: string): boolean {
	return path.includes(INDEX_MARK);
}

async function directoryErrno(path: string, mode: number): Promise<Errno> {
	if (varies(path)) {
		return undefined;
	}
	const facts = await statOrErrno(path);
	if (typeof facts === 'string') {
		return facts;
	}
	return facts.isDirectory() ? await accessErrno(path, mode) : 'ENOTDIR';
}

async function inputErrno({ stdin }: LaunchRequest): Promise<Errno> {
	return stdin.kind === 'file' && !varies(stdin.path) ? await accessErrno(stdin.path, constants.R_OK) : undefined;
}

async function outputErrno(stream: ErrorStream): Promise<Errno> {
	if (!('path' in stream) || varies(stream.path)) {
		return undefined;
	}
	const facts = await statOrErrno(stream.path);
	if (facts === 'ENOENT') {
		return await creationErrno(stream.path);
	}
	if (typeof facts === 'string') {
		return facts;
	}
	return facts.isDirectory() ? 'EISDIR' : await accessErrno(stream.path, constants.W_OK);
}

async function creationErrno(path: string): Promise<Errno> {
	const errno = await directoryErrno(dirname(path), constants.W_OK | constants.X_OK);
	// open(2) makes no directories: a name with a slash behind it cannot be created.
	return errno ?? (path.endsWith('/') ? 'EISDIR' : undefined);
}

/** Other names of one file: links, or two ways to one directory. Terminals and FIFOs may well be both. */
async function sameFileErrno({ stdin, stdout, stderr }: LaunchRequest): Promise<Errno> {
	if (stdin.kind !== 'file' || varies(stdin.path)) {
		return undefined;
	}
	const input = await statOrErrno(stdin.path);
	for (const output of [stdout, stderr]) {
		const facts = 'path' in output && !varies(output.path) ? await statOrErrno(output.path) : 'ENOENT';
		if (isSameRegularFile(input, facts)) {
			return 'EINVAL';
		}
	}
	return undefined;
}

function isSameRegularFile(one: BigIntStats | string, other: BigIntStats | string): boolean {
	if (typeof one === 'string' || typeof other === 'string') {
		return false;
	}
	return one.isFile() && one.dev === other.dev && one.ino === other.ino;
}
