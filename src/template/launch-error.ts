import { Drmaa2Error, type Drmaa2ErrorCode } from '../drmaa2/index.js';
import { launchRemedy } from './launch-remedy.js';
import type { InputStream, LaunchRequest, OutputStream, SharedStream } from './launch-request.js';
import type { LaunchFailure, LaunchStage } from './launch-stage.js';

/** The error for a job that could not be launched. The one place where a stage and an errno get their meaning. */
export function launchError(failure: LaunchFailure, request: LaunchRequest, jobId: string): Drmaa2Error {
	const { stage, errno } = failure;
	const { tried, syscall, path } = STAGES[stage];
	const code = errorCode(failure);
	const attribute = code === 'InvalidArgument' ? faultyAttribute(failure) : undefined;
	const message = `job ${jobId}: ${tried(request)} (${errno}): ${launchRemedy(failure)}`;
	return new Drmaa2Error(code, message, {
		stage,
		errno,
		...(syscall !== undefined && { syscall }),
		...(attribute !== undefined && { attribute }),
		...definedPath(path?.(request)),
	});
}

interface StageFacts {
	/** What is an argument of the job here; an error of this stage is one of that attribute. */
	readonly attribute?: string;
	readonly syscall?: string;
	readonly path?: (request: LaunchRequest) => string | undefined;
	readonly tried: (request: LaunchRequest) => string;
}

const STAGES: Readonly<Record<LaunchStage, StageFacts>> = {
	launcher: { tried: () => 'the launcher could not be started or died while it started the job' },
	request: { tried: () => 'the launcher could not take the request' },
	clone: { syscall: 'clone', tried: () => 'no process could be made' },
	cancelled: { tried: () => 'was terminated before its program was executed' },
	setpgid: { syscall: 'setpgid', tried: () => 'its process group could not be made' },
	chdir: {
		attribute: 'workingDirectory',
		syscall: 'chdir',
		path: (request) => request.workingDirectory,
		tried: (request) => `cannot enter the working directory ${JSON.stringify(request.workingDirectory)}`,
	},
	stdin: openStage('inputPath', 'standard input', (request) => request.stdin),
	stdout: openStage('outputPath', 'standard output', (request) => request.stdout),
	stderr: openStage('errorPath', 'standard error', (request) => request.stderr),
	inputIsOutput: {
		attribute: 'inputPath',
		path: (request) => filePath(request.stdin),
		tried: (request) => `its input ${name(request.stdin)} and one of its outputs are the same file`,
	},
	exec: {
		attribute: 'remoteCommand',
		syscall: 'execve',
		path: (request) => request.path,
		tried: (request) =>
			`cannot execute ${JSON.stringify(request.path)}` +
			(request.searchPath === undefined ? '' : ` along PATH ${JSON.stringify(request.searchPath)}`),
	},
};

type Stream = InputStream | OutputStream | SharedStream;

function openStage(attribute: string, role: string, stream: (request: LaunchRequest) => Stream): StageFacts {
	return {
		attribute,
		syscall: 'open',
		path: (request) => filePath(stream(request)),
		tried: (request) => `cannot open ${name(stream(request))} as ${role}`,
	};
}

function filePath(stream: Stream): string | undefined {
	return 'path' in stream ? stream.path : undefined;
}

function name(stream: Stream): string {
	switch (stream.kind) {
		case 'file':
		case 'append':
			return JSON.stringify(stream.path);
		case 'tracker':
			return `descriptor ${stream.descriptor} of the tracker`;
		case 'stdout':
			return 'standard output';
		case 'null':
			return '/dev/null';
	}
}

/** These say nothing about the job: they win over the stage, because what the caller can do is the same everywhere. */
const OUT_OF_RESOURCE: ReadonlySet<string> = new Set(['ENOMEM', 'EMFILE', 'ENFILE', 'ENOSPC', 'EDQUOT']);

/** What execve(2) says when the program is at fault; anything else is the system's trouble. */
const FAULTS_OF_THE_PROGRAM: ReadonlySet<string> = new Set([
	'E2BIG',
	'EACCES',
	'EINVAL',
	'EISDIR',
	'ELIBBAD',
	'ELOOP',
	'ENAMETOOLONG',
	'ENOENT',
	'ENOEXEC',
	'ENOTDIR',
	'EPERM',
	'ETXTBSY',
]);

function errorCode({ stage, errno }: LaunchFailure): Drmaa2ErrorCode {
	if (errno === 'EAGAIN') {
		return 'TryLater';
	}
	if (OUT_OF_RESOURCE.has(errno)) {
		return 'OutOfResource';
	}
	if (stage === 'launcher') {
		return 'DrmCommunication';
	}
	if (stage === 'cancelled') {
		return 'InvalidState';
	}
	if (stage === 'exec' && !FAULTS_OF_THE_PROGRAM.has(errno)) {
		return 'Internal';
	}
	return STAGES[stage].attribute === undefined ? 'Internal' : 'InvalidArgument';
}

function faultyAttribute({ stage, errno }: LaunchFailure): string | undefined {
	return stage === 'exec' && errno === 'E2BIG' ? 'args' : STAGES[stage].attribute;
}

function definedPath(path: string | undefined): { path?: string } {
	return path === undefined ? {} : { path };
}
