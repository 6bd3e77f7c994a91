/** The names of what crosses the border as a number; the addon's own tables are compared with these when it is loaded. */
export const PROCFS_LAYOUT = {
	selections: ['all', 'pids', 'groups'],
	parts: ['status', 'command', 'directory', 'cpuClock'],
	columns: [
		'pid',
		'parent',
		'group',
		'session',
		'state',
		'kernelThread',
		'ended',
		'threads',
		'nice',
		'startTicks',
		'startTime',
		'readTime',
		'cpuTime',
		'userTime',
		'systemTime',
		'childrenTime',
		'uid',
		'processors',
		'rss',
		'vms',
		'peakRss',
		'data',
		'stack',
		'locked',
		'swapped',
		'nameLength',
		'commandLength',
		'directoryLength',
	],
} as const;

/** The numbers of a process, in their order. */
export const PROCESS_COLUMNS = PROCFS_LAYOUT.columns;

/** A number that is known of every process: native/procfs/process_table.h. Milliseconds and bytes; -1 is "not known". */
export type ProcessColumn = (typeof PROCESS_COLUMNS)[number];

/** What is read of a process beside /proc/PID/stat. */
export type ProcessPart = (typeof PROCFS_LAYOUT.parts)[number];

/** Many processes, as the addon hands them over: native/procfs/process_table.h. */
export interface ProcessColumns {
	/** All columns of the first process, then all of the second. */
	readonly numbers: Float64Array;
	/** Name, command and directory of the first process, then those of the second; bytes, as the kernel has them. */
	readonly text: Uint8Array;
	/** What `processors` is an index of: `0 1 2`. */
	readonly processors: readonly string[];
	readonly uids: readonly number[];
	/** The names of the users in `uids`. */
	readonly users: readonly string[];
	/** Milliseconds that the wall clock is ahead of the clock by which processes are timed. */
	readonly realtimeAhead: number;
}

/** The machine, as the addon hands it over: native/procfs/machine_reader.h. */
export interface MachineFacts {
	readonly name: string;
	readonly architecture: string;
	readonly kernelRelease: string;
	readonly osName?: string;
	readonly sockets?: number;
	readonly coresPerSocket?: number;
	readonly threadsPerCore?: number;
	/** Those that are online: `0 1 2`. */
	readonly processors: string;
	readonly load?: readonly [number, number, number];
	/** Seconds. */
	readonly uptime?: number;
	/** KB, like the three below. */
	readonly memory?: number;
	readonly availableMemory?: number;
	readonly swap?: number;
	readonly freeSwap?: number;
	readonly limits: {
		readonly version1: boolean;
		readonly version2: boolean;
		/** Bytes. */
		readonly memory?: number;
		/** Bytes. */
		readonly swap?: number;
		readonly processes?: number;
		readonly cpus?: number;
		readonly processors?: string;
	};
}

/** The functions as the addon has them: native/addon/procfs_functions.h. Bad arguments throw a TypeError. */
export interface ProcfsAddon {
	readonly procfsLayout: typeof PROCFS_LAYOUT;
	readProcesses(
		root: string,
		selection: number,
		ids: Int32Array,
		parts: number,
		commandLimit: number,
	): Promise<ProcessColumns>;
	readMachine(root: string): Promise<MachineFacts>;
}
