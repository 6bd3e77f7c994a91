/** The codes an error of this library can have, by the names of the standard's exceptions (GFD.231). */
export const DRMAA2_ERROR_CODES = [
	/** The input cannot be used: wrong kind, unknown name, value out of range, or attributes that contradict. */
	'InvalidArgument',
	/** The job is not in a state in which this can be done. */
	'InvalidState',
	/** The session has been closed or destroyed. */
	'InvalidSession',
	/** The time given for waiting has run out. */
	'Timeout',
	/** Passing trouble; the same call may succeed later. */
	'TryLater',
	/** Memory, descriptors or disk space ran out. */
	'OutOfResource',
	/** Permission was refused. */
	'DeniedByDrms',
	/** An attribute is set that is not supported. */
	'UnsupportedAttribute',
	/** The operation does not exist here. */
	'UnsupportedOperation',
	/** The part that starts and watches processes cannot be reached. */
	'DrmCommunication',
	/** A fault of the library, or an answer of the system that nobody expected. */
	'Internal',
] as const;

/** The stable code of a {@link Drmaa2Error}. */
export type Drmaa2ErrorCode = (typeof DRMAA2_ERROR_CODES)[number];

/** Facts beside the message; only those that are given become properties of the error. */
export interface Drmaa2ErrorDetails {
	/** The attribute of the job template that is at fault. */
	readonly attribute?: string;
	/** The symbolic name of the system's error, such as `ENOENT` (errno(3)). */
	readonly errno?: string;
	/** The system call that failed, such as `execve`. */
	readonly syscall?: string;
	/** The file or directory concerned. */
	readonly path?: string;
	/** How far the start of a job had come. */
	readonly stage?: string;
	/** The jobs concerned, where an action was tried on many. */
	readonly jobIds?: JobIds;
	/** What caused this error. */
	readonly cause?: unknown;
}

/** Ids of jobs; there may be a million, so they are made as they are read. */
export type JobIds = Iterable<string> & { readonly length: number };

/**
 * Every error this library raises by itself. Decide by `code` and the details, never by the message. A job that
 * fails is a result and no error.
 */
export class Drmaa2Error extends Error {
	readonly code: Drmaa2ErrorCode;
	// `declare` because a field would be created on every error, also on those that have no such fact.
	declare readonly attribute?: string;
	declare readonly errno?: string;
	declare readonly syscall?: string;
	declare readonly path?: string;
	declare readonly stage?: string;
	declare readonly jobIds?: JobIds;

	constructor(code: Drmaa2ErrorCode, message: string, details: Drmaa2ErrorDetails = {}) {
		const { cause, ...facts } = details;
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
		for (const [name, value] of Object.entries(facts)) {
			if (value !== undefined) {
				Object.defineProperty(this, name, { value, enumerable: true });
			}
		}
	}
}

// On the prototype, as the built-in errors have it, so that the name does not show up among the facts of an error.
Object.defineProperty(Drmaa2Error.prototype, 'name', { value: 'Drmaa2Error', configurable: true, writable: true });
