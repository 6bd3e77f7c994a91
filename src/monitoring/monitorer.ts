import type { JobInfo, JobInfoFilter, MachineInfo } from '../drmaa2/index.js';
import type { MonitoredProcess } from './monitored-process.js';

export interface MonitorOptions {
	/** Aborting rejects with the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

export interface SampleOptions extends MonitorOptions {
	/**
	 * Milliseconds for which the usage of the processor is watched: it is then that of this interval. Absent: the average
	 * since the start of the process.
	 */
	readonly sample?: number | undefined;
}

export interface SnapshotOptions extends SampleOptions {
	/** Which jobs it has. Absent: all. */
	readonly filter?: JobInfoFilter | undefined;
}

export interface WatchOptions extends MonitorOptions {
	/** Milliseconds from one reading to the next; more when nobody asks for the next that soon. */
	readonly interval: number;
	/** Which jobs the snapshots have. Absent: all. */
	readonly filter?: JobInfoFilter | undefined;
}

/** All jobs of a machine at one moment. */
export interface MonitorSnapshot {
	readonly time: Date;
	/** Milliseconds since the snapshot before; absent in the first. */
	readonly interval: number | undefined;
	/** Those that the filter selects, by ascending process id. */
	readonly processes: readonly MonitoredProcess[];
	/** Those that the snapshot before did not have. All, in the first. */
	readonly appeared: readonly MonitoredProcess[];
	/** Those of the snapshot before that this one has no more, as they were then. */
	readonly vanished: readonly MonitoredProcess[];
}

/**
 * What sees machines and all that runs on them, in the terms of DRMAA2. Monitoring sessions are written against this
 * interface alone.
 *
 * Every method rejects with a `Drmaa2Error`: `InvalidArgument` for input that cannot be used, `OutOfResource` when there
 * are no descriptors or memory to look with.
 */
export interface Monitorer {
	/** Says that a monitoring session begins. There is nothing to prepare; any number may be open, also of one name. */
	openMonitoringSession(name?: string): Promise<void>;

	/** Says that it ends; rejects with `InvalidSession` when none of this name is open. */
	closeMonitoringSession(name?: string): Promise<void>;

	/** The ids of all jobs that the filter selects, also of those that were not started here. */
	getAllJobIds(filter?: JobInfoFilter, options?: MonitorOptions): Promise<string[]>;

	/** The names of all queues, or those of `names` that exist. */
	getAllQueueNames(names?: readonly string[]): Promise<string[]>;

	/** All machines, or those of `names` that exist. */
	getAllMachines(names?: readonly string[], options?: MonitorOptions): Promise<MachineInfo[]>;

	/** What is known of one of these jobs now; rejects with `InvalidArgument` when there is none of this id (any more). */
	jobInfoFromMonitor(id: string, options?: SampleOptions): Promise<JobInfo>;

	/** All jobs in one reading. */
	snapshot(options?: SnapshotOptions): Promise<MonitorSnapshot>;

	/** One snapshot after the other, for as long as somebody asks for the next. */
	watch(options: WatchOptions): AsyncIterableIterator<MonitorSnapshot>;
}
