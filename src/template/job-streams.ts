import { Drmaa2Error } from '../drmaa2/index.js';
import { absolutePath } from './job-paths.js';
import type { ErrorStream, InputStream, LaunchRequest, OutputStream, TrackerStream } from './launch-request.js';
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
export function jobStreams(template: ValidatedTemplate, workingDirectory: string, taskId?: number): JobStreams {
	const place = { workingDirectory, taskId };
	const stdin = stream('inputPath', template.inputPath, place);
	const stdout = stream('outputPath', template.outputPath, place);
	const stderr = errorStream(template, stdout, place);
	refuseInputAsOutput(stdin, stdout, 'outputPath');
	refuseInputAsOutput(stdin, stderr, 'errorPath');
	return { stdin, stdout, stderr };
}

interface Place {
	readonly workingDirectory: string;
	readonly taskId: number | undefined;
}

type StreamAttribute = Exclude<PathAttribute, 'workingDirectory'>;

const TRACKER_STREAMS: ReadonlyMap<string, TrackerStream['descriptor']> = new Map([
	['/dev/stdin', 0],
	['/dev/stdout', 1],
	['/dev/stderr', 2],
]);

function stream(attribute: StreamAttribute, text: string | undefined, place: Place): OutputStream {
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
	const stderr = stream('errorPath', template.errorPath, place);
	// Opened twice, one file would be truncated under the other stream.
	return isSameFile(stderr, stdout) ? { kind: 'stdout' } : stderr;
}

function isSameFile(one: InputStream | ErrorStream, other: InputStream | ErrorStream): boolean {
	if (one.kind === 'tracker') {
		return other.kind === 'tracker' && one.descriptor === other.descriptor;
	}
	return one.kind === 'file' && other.kind === 'file' && one.path === other.path;
}

/** Catches what the texts show; other names of one file are found by the launcher, which compares inodes. */
function refuseInputAsOutput(stdin: InputStream, output: ErrorStream, attribute: StreamAttribute): void {
	if (stdin.kind === 'file' && isSameFile(stdin, output)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`inputPath and ${attribute} are the same file ${JSON.stringify(stdin.path)}, which would be emptied before it is read: choose another file for one of them`,
			{ attribute: 'inputPath', path: stdin.path },
		);
	}
}
