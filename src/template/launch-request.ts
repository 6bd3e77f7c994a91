/**
 * Stands in the request of an array wherever the index of a task belongs. No argument, variable or path can contain it
 * otherwise.
 */
export const INDEX_MARK = '\0';

/**
 * What the launcher is asked to start. Every path, string and stream is final: nothing is interpreted after this, but
 * that INDEX_MARK becomes the index in the request of an array.
 */
export interface LaunchRequest {
	/** The executable. A relative path is relative to `workingDirectory`. */
	readonly path: string;
	/** The directories in which `path` is looked up, separated by colons; present only when `path` has no slash. */
	readonly searchPath?: string;
	/** The argument vector, `argv[0]` included. */
	readonly argv: readonly string[];
	/** Environment variables, as `NAME=value`: all of them, unless others are inherited. */
	readonly env: readonly string[];
	/** Present: the job also gets the environment that this process has when the request is handed to the addon. */
	readonly inherit?: InheritedEnvironment;
	/** The directory the program starts in; absolute. */
	readonly workingDirectory: string;
	readonly stdin: InputStream;
	readonly stdout: OutputStream;
	readonly stderr: ErrorStream;
}

/** The environment of this process, byte for byte. */
export interface InheritedEnvironment {
	/** The names of variables that are not inherited. */
	readonly except: readonly string[];
}

/** `/dev/null`. */
export interface NullStream {
	readonly kind: 'null';
}

/** A file, by its absolute path. An output file is emptied when the job starts. */
export interface FileStream {
	readonly kind: 'file';
	readonly path: string;
}

/** An output file that all tasks of an array share: none of them empties it. */
export interface AppendStream {
	readonly kind: 'append';
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
export type OutputStream = NullStream | FileStream | AppendStream | TrackerStream;
export type ErrorStream = OutputStream | SharedStream;
