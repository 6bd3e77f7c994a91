/** What the launcher is asked to start. Every path, string and stream is final: nothing is interpreted after this. */
export interface LaunchRequest {
	/** The executable. A relative path is relative to `workingDirectory`. */
	readonly path: string;
	/** The directories in which `path` is looked up, separated by colons; present only when `path` has no slash. */
	readonly searchPath?: string;
	/** The argument vector, `argv[0]` included. */
	readonly argv: readonly string[];
	/** The whole environment, as `NAME=value`. */
	readonly env: readonly string[];
	/** The directory the program starts in; absolute. */
	readonly workingDirectory: string;
	readonly stdin: InputStream;
	readonly stdout: OutputStream;
	readonly stderr: ErrorStream;
}

/** `/dev/null`. */
export interface NullStream {
	readonly kind: 'null';
}

/** A file, by its absolute path. */
export interface FileStream {
	readonly kind: 'file';
	readonly path: string;
}

/** One of the tracker's own standard streams. */
export interface TrackerStream {
	readonly kind: 'tracker';
	readonly descriptor: 0 | 1 | 2;
}

/** The open file description of the job's standard output, shared: neither stream overwrites the other. */
export interface SharedStream {
	readonly kind: 'stdout';
}

export type InputStream = NullStream | FileStream | TrackerStream;
export type OutputStream = NullStream | FileStream | TrackerStream;
export type ErrorStream = OutputStream | SharedStream;
