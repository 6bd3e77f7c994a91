import { Drmaa2Error } from '../drmaa2/index.js';
import type { TaskIndex } from './job-environment.js';
import { absolutePath } from './job-paths.js';
import {
	type AppendStream,
	type ErrorStream,
	type FileStream,
	INDEX_MARK,
	type InputStream,
	type LaunchRequest,
	type OutputStream,
	type TrackerStream,
} from './launch-request.js';
import { type PathAttribute, replacePlaceholders } from './placeholders.js';
import type { ValidatedTemplate } from './validated-template.js';

/** The three standard streams of a job. */
export type JobStreams = Pick<LaunchRequest, 'stdin' | 'stdout' | 'stderr'>;

/**
 * Decides what the standard streams of a job are.
 *
 * @throws Drmaa2Error `InvalidArgument` for a stream of the wrong direction, a misplaced placeholder, or an input that
 * is also an output
 */
export function jobStreams(template: ValidatedTemplate, workingDirectory: string, taskId?: TaskIndex): JobStreams {
	const place = { workingDirectory, taskId };
	const stdin = inputStream(template.inputPath, place);
	const stdout = outputStream('outputPath', template.outputPath, place);
	const stderr = errorStream(template, stdout, place);
	refuseInputAsOutput(stdin, stdout, 'outputPath');
	refuseInputAsOutput(stdin, stderr, 'errorPath');
	return { stdin, stdout, stderr };
}

interface Place {
	readonly workingDirectory: string;
	readonly taskId: TaskIndex | undefined;
}

type StreamAttribute = Exclude<PathAttribute, 'workingDirectory'>;

const TRACKER_STREAMS: ReadonlyMap<string, TrackerStream['descriptor']> = new Map([
	['/dev/stdin', 0],
	['/dev/stdout', 1],
	['/dev/stderr', 2],
]);

function inputStream(text: string | undefined, place: Place): InputStream {
	return stream('inputPath', text, place);
}

/** An output of an array that is the same file for all its tasks is not for any one of them to empty. */
function outputStream(attribute: StreamAttribute, text: string | undefined, place: Place): OutputStream {
	const output = stream(attribute, text, place);
	const isShared = output.kind === 'file' && place.taskId === INDEX_MARK && !output.path.includes(INDEX_MARK);
	return isShared ? { kind: 'append', path: output.path } : output;
}

function stream(attribute: StreamAttribute, text: string | undefined, place: Place): InputStream {
	if (text === undefined) {
		return { kind: 'null' };
	}
	const path = replacePlaceholders(attribute, text, place);
	const descriptor = TRACKER_STREAMS.get(path);
	if (descriptor !== undefined) {
		return trackerStream(attribute, path, descriptor);
	}
	const absolute = absolutePath(path, place.workingDirectory);
	return absolute === '/dev/null' ? { kind: 'null' } : { kind: 'file', path: absolute };
}

function trackerStream(
	attribute: StreamAttribute,
	path: string,
	descriptor: TrackerStream['descriptor'],
): TrackerStream {
	const isInput = attribute === 'inputPath';
	if (isInput !== (descriptor === 0)) {
		const remedy = isInput ? 'use /dev/stdin or a file' : 'use /dev/stdout, /dev/stderr or a file';
		throw new Drmaa2Error('InvalidArgument', `${attribute} is ${path}, a stream of the other direction: ${remedy}`, {
			attribute,
			path,
		});
	}
	return { kind: 'tracker', descriptor };
}

function errorStream(template: ValidatedTemplate, stdout: OutputStream, place: Place): ErrorStream {
	if (template.joinFiles === true) {
		return { kind: 'stdout' };
	}
	const stderr = outputStream('errorPath', template.errorPath, place);
	// Opened twice, one file would be truncated under the other stream.
	return isSameFile(stderr, stdout) ? { kind: 'stdout' } : stderr;
}

function isSameFile(one: InputStream | ErrorStream, other: InputStream | ErrorStream): boolean {
	if (one.kind === 'tracker') {
		return other.kind === 'tracker' && one.descriptor === other.descriptor;
	}
	return isFile(one) && isFile(other) && one.path === other.path;
}

function isFile(stream: InputStream | ErrorStream): stream is FileStream | AppendStream {
	return stream.kind === 'file' || stream.kind === 'append';
}

/** Catches what the texts show; other names of one file are found by the launcher, which compares inodes. */
function refuseInputAsOutput(stdin: InputStream, output: ErrorStream, attribute: StreamAttribute): void {
	if (stdin.kind === 'file' && isFile(output) && isSameForAnyIndex(stdin.path, output.path)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`inputPath and ${attribute} are the same file ${JSON.stringify(stdin.path)}, which would be emptied before it is read: choose another file for one of them`,
			{ attribute: 'inputPath', path: stdin.path },
		);
	}
}

/**
 * Whether two paths are equal, or one that varies from task to task becomes the other for some index: the one file that
 * all tasks write would then be emptied before that task reads it.
 */
function isSameForAnyIndex(input: string, output: string): boolean {
	if (input === output) {
		return true;
	}
	if (!input.includes(INDEX_MARK) || output.includes(INDEX_MARK)) {
		return false;
	}
	const [head = '', ...rest] = input.split(INDEX_MARK).map(escapeRegExp);
	// Every mark is the same index, so all but the first repeat what that one was.
	const pattern = rest.map((part, position) => (position === 0 ? '([1-9][0-9]*)' : '\\1') + part).join('');
	return new RegExp(`^${head}${pattern}$`, 's').test(output);
}

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
