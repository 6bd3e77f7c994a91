import { Drmaa2Error, type JobInfoFilter, type MachineInfo, type QueueInfo } from '../drmaa2/index.js';
import {
	type Monitorer,
	type MonitorOptions,
	type MonitorSnapshot,
	readMonitorOptions,
	type SnapshotOptions,
	type WatchOptions,
} from '../monitoring/index.js';
import type { Job } from './job.js';
import { MonitoredJob } from './monitored-job.js';

/**
 * A view of the machines and of all that runs on them, whoever has started it (GFD.231, interface MonitoringSession). It
 * keeps nothing: every call looks anew.
 *
 * Every method rejects with a `Drmaa2Error`: `InvalidSession` after {@link close}, otherwise as the monitorer's.
 */
export class MonitoringSession implements AsyncDisposable {
	/** What it was opened with; empty for the default. */
	readonly contact: string;
	readonly #monitorer: Monitorer;
	#closed = false;

	/**
	 * Opens a monitoring session, over a `ProcessTracker` or any other monitorer.
	 *
	 * @throws Drmaa2Error `InvalidArgument` when the contact is no string, `InvalidSession` when the tracker is closed
	 */
	static async open(monitorer: Monitorer, contact?: string): Promise<MonitoringSession> {
		await monitorer.openMonitoringSession(contact);
		return new MonitoringSession(monitorer, contact ?? '');
	}

	private constructor(monitorer: Monitorer, contact: string) {
		this.#monitorer = monitorer;
		this.contact = contact;
	}

	/** The jobs that the filter selects, or all. They are read-only. */
	async getAllJobs(filter?: JobInfoFilter, options?: MonitorOptions): Promise<Job[]> {
		const signal = readMonitorOptions(options);
		const { processes } = await this.snapshot({ filter, signal });
		const source = { info: (id: string) => this.#open().jobInfoFromMonitor(id) };
		return processes.map((found) => new MonitoredJob(found, source));
	}

	/** The queues, or those of `names` that exist. */
	async getAllQueues(names?: readonly string[]): Promise<QueueInfo[]> {
		return (await this.#open().getAllQueueNames(names)).map((name) => Object.freeze({ name }));
	}

	/** The machines, or those of `names` that exist. */
	async getAllMachines(names?: readonly string[], options?: MonitorOptions): Promise<MachineInfo[]> {
		return await this.#open().getAllMachines(names, options);
	}

	/** There are no reservations: always rejects with `UnsupportedOperation`. */
	async getAllReservations(): Promise<never> {
		this.#open();
		throw new Drmaa2Error('UnsupportedOperation', 'there are no reservations here: ask with supports() first');
	}

	/** All jobs in one reading, with their values. */
	async snapshot(options?: SnapshotOptions): Promise<MonitorSnapshot> {
		return await this.#open().snapshot(options);
	}

	/**
	 * One snapshot after the other, with what has changed. The first comes at once; abort the signal, or leave the loop, to
	 * end it.
	 */
	async *watch(options: WatchOptions): AsyncGenerator<MonitorSnapshot, undefined> {
		for await (const snapshot of this.#open().watch(options)) {
			yield snapshot;
			this.#open();
		}
	}

	/** Closing again is the error `InvalidSession`. */
	async close(): Promise<void> {
		const monitorer = this.#open();
		this.#closed = true;
		await monitorer.closeMonitoringSession(this.contact === '' ? undefined : this.contact);
	}

	/** Closes it, unless that was done before, also by closing what is under it. */
	async [Symbol.asyncDispose](): Promise<void> {
		try {
			await this.close();
		} catch (error) {
			if (!(error instanceof Drmaa2Error && error.code === 'InvalidSession')) {
				throw error;
			}
		}
	}

	#open(): Monitorer {
		if (this.#closed) {
			throw new Drmaa2Error('InvalidSession', 'the monitoring session is closed: open another');
		}
		return this.#monitorer;
	}
}
