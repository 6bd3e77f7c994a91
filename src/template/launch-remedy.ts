import type { LaunchFailure, LaunchStage } from './launch-stage.js';

/** What to do about a launch that failed, as the last part of a message. */
export function launchRemedy({ stage, errno }: LaunchFailure): string {
	return ANY_STAGE[errno] ?? STAGE[stage]?.[errno] ?? PATH[errno] ?? FALLBACK[stage];
}

type Remedies = Readonly<Record<string, string>>;

const ANY_STAGE: Remedies = {
	EAGAIN: 'the limit of processes is reached (RLIMIT_NPROC, or pids.max of the control group); try again later',
	ENOMEM: 'memory ran out; let other jobs finish first, or raise the memory limit',
	EMFILE: 'this process has too many open descriptors; close some, or raise RLIMIT_NOFILE',
	ENFILE: 'the system has too many open files; let other programs close theirs, or raise fs.file-max',
	ENOSPC: 'the file system is full; free some space',
	EDQUOT: 'the disk quota is used up; free some space',
};

/** Holds for every path; the stages below say it better where they can. */
const PATH: Remedies = {
	ELOOP: 'too many symbolic links; correct the link that leads back to itself',
	ENAMETOOLONG: 'the path is too long; use a shorter one',
	ENOTDIR: 'a part of the path is not a directory; correct the path',
};

const OUTPUT: Remedies = {
	ENOENT: 'the directory of the file does not exist; create it first, or correct the path',
	EISDIR: 'it is a directory; name a file in it',
	EACCES: 'no permission to write; change the permissions of the file or its directory, or correct the path',
	EROFS: 'the file system is read-only; choose another place',
	ETXTBSY: 'it is a program that is running; choose another file',
};

const STAGE: Readonly<Partial<Record<LaunchStage, Remedies>>> = {
	chdir: {
		ENOENT: 'it does not exist; create it first, or correct workingDirectory',
		ENOTDIR: 'it is not a directory; correct workingDirectory',
		EACCES: 'no permission to search it; change its permissions, or correct workingDirectory',
	},
	stdin: {
		ENOENT: 'it does not exist; create it first, or correct inputPath',
		EACCES: 'no permission to read; change its permissions, or correct inputPath',
		ENXIO: 'it cannot be opened like a file; correct inputPath',
	},
	stdout: OUTPUT,
	stderr: OUTPUT,
	exec: {
		ENOENT: 'it does not exist, or the interpreter named in its #! line does not; install it, or correct remoteCommand',
		EACCES: 'it is not executable or is a directory; make it executable (chmod +x), or correct remoteCommand',
		EISDIR: 'the interpreter is a directory; correct the #! line or the program',
		ENOEXEC: 'it is not in an executable format; add a #! line, or call its interpreter: no shell is used',
		ETXTBSY: 'it is open for writing; let the writer close it, then submit the job again',
		E2BIG:
			'arguments and environment are too large; pass the data in a file or through standard input, or raise RLIMIT_STACK',
		EPERM: 'the system forbids to execute it; look at its capabilities and the mount options',
		ELIBBAD: 'its interpreter is not in an executable format; repair the program',
		EINVAL: 'it names more than one interpreter; repair the program',
	},
};

const REPORT = 'this is unexpected; please report it';

const FALLBACK: Readonly<Record<LaunchStage, string>> = {
	launcher: 'the job was not started; submit it again, the next job starts a new launcher',
	request: REPORT,
	clone: REPORT,
	cancelled: 'submit it again if it is still wanted',
	setpgid: REPORT,
	chdir: 'correct workingDirectory',
	stdin: 'correct inputPath',
	stdout: 'correct outputPath',
	stderr: 'correct errorPath',
	inputIsOutput: 'the output would destroy the input; choose another file for one of them',
	exec: 'look at the program and the file system it is on',
};
