import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type JobInfo, type JobInfoFilter, type MachineInfo, matchesFilter } from '../drmaa2/index.js';
import { type ProcessPart, readMachine, readProcesses } from '../native/index.js';
import { readJobInfoFilter } from '../validation/index.js';
import { BootTime } from './boot-time.js';
import { machineInfo } from './machine-info.js';
import {
	noSuchProcess,
	readMonitorOptions,
	readNames,
	readOptions,
	readPause,
	readProcessId,
	readSampleOptions,
} from './monitor-arguments.js';
import { MonitoredProcess } from './monitored-process.js';
import type { MonitorOptions, MonitorSnapshot, SampleOptions, SnapshotOptions, WatchOptions } from './monitorer.js';
import { type JobOfSession, jobsOfOpenSessions } from './open-sessions.js';
import { ProcessTable } from './process-table.js';

/** No single process may fill the memory of who looks at all of them. Of one alone, everything is read. */
const COMMAND_LIMIT_OF_MANY = 32 * 1024;
const COMMAND_LIMIT_OF_ONE = 8 * 1024 * 1024;

const EVERYTHING: readonly ProcessPart[] = ['status', 'command', 'directory', 'cpuClock'];

const NO_JOBS: ReadonlyMap<number, JobOfSession> = new Map();

type Selection = Parameters<typeof readProcesses>[0];

/** One reading: its processes in ascending order of their ids. */
type Reading = readonly MonitoredProcess[];

/** The processes of this machine as jobs. Stateless but for the moment of the boot; see the interface Monitorer. */
export class ProcessMonitor {
	readonly #hostname = hostname();
	readonly #bootTime = new BootTime();

	async getAllJobIds(filter?: JobInfoFilter, options?: MonitorOptions): Promise<string[]> {
		const wanted = readJobInfoFilter(filter);
		const signal = readMonitorOptions(options);
		const reading = await this.#read('all', partsFor(wanted), 0, undefined);
		signal?.throwIfAborted();
		return select(reading, wanted).map(({ id }) => id);
	}

	async getAllMachines(names?: readonly string[], options?: MonitorOptions): Promise<MachineInfo[]> {
		const wanted = readNames(names);
		const signal = readMonitorOptions(options);
		if (wanted !== undefined && !wanted.has(this.#hostname)) {
			return [];
		}
		const info = machineInfo(await readMachine());
		signal?.throwIfAborted();
		return [info];
	}

	async jobInfo(id: string, options?: SampleOptions): Promise<JobInfo> {
		const pid = readProcessId(id);
		const { sample, signal } = readSampleOptions(options);
		const selection = { pids: [pid] };
		const first = await this.#sample(selection, sample, signal);
		const reading = await this.#read(selection, EVERYTHING, COMMAND_LIMIT_OF_ONE, first);
		signal?.throwIfAborted();
		const [found] = reading;
		// Where a sample was asked for, another process that has the number by now is not what was asked for.
		if (found === undefined || (first !== undefined && found.change === undefined)) {
			throw noSuchProcess(id);
		}
		return found.info();
	}

	async snapshot(options?: SnapshotOptions): Promise<MonitorSnapshot> {
		const { filter, ...rest } = readOptions(options, ['filter', 'sample', 'signal']);
		const wanted = readJobInfoFilter(filter);
		const { sample, signal } = readSampleOptions(rest);
		const first = await this.#sample('all', sample, signal);
		const reading = await this.#read('all', EVERYTHING, COMMAND_LIMIT_OF_MANY, first);
		signal?.throwIfAborted();
		return snapshotOf(select(reading, wanted), undefined);
	}

	/** @param proceed is called before every reading, and throws when there is to be none any more */
	watch(options: WatchOptions, proceed: () => void): AsyncIterableIterator<MonitorSnapshot> {
		const { filter, interval, ...rest } = readOptions(options, ['filter', 'interval', 'signal']);
		return this.#watch(readJobInfoFilter(filter), readPause('interval', interval), readMonitorOptions(rest), proceed);
	}

	async *#watch(
		filter: JobInfoFilter,
		interval: number,
		signal: AbortSignal | undefined,
		proceed: () => void,
	): AsyncGenerator<MonitorSnapshot, undefined> {
		let before: { readonly reading: Reading; readonly selected: Reading; readonly time: number } | undefined;
		for (;;) {
			if (before !== undefined) {
				await rest(before.time + interval - performance.now(), signal);
			}
			proceed();
			signal?.throwIfAborted();
			const time = performance.now();
			const reading = await this.#read('all', EVERYTHING, COMMAND_LIMIT_OF_MANY, before?.reading);
			signal?.throwIfAborted();
			const selected = select(reading, filter);
			yield snapshotOf(selected, before && { selected: before.selected, interval: time - before.time });
			before = { reading, selected, time };
		}
	}

	/** The first of two readings, and the time between them. Nothing when no sample is asked for. */
	async #sample(
		selection: Selection,
		sample: number | undefined,
		signal: AbortSignal | undefined,
	): Promise<Reading | undefined> {
		if (sample === undefined) {
			return undefined;
		}
		const reading = await this.#read(selection, ['status', 'cpuClock'], 0, undefined);
		await rest(sample, signal);
		return reading;
	}

	async #read(
		selection: Selection,
		parts: readonly ProcessPart[],
		commandLimit: number,
		before: Reading | undefined,
	): Promise<Reading> {
		const table = new ProcessTable(await readProcesses(selection, { parts, commandLimit }));
		const context = {
			hostname: this.#hostname,
			bootTime: this.#bootTime.at(table.realtimeAhead),
			// Whoever reads little does not ask for them.
			jobs: parts === EVERYTHING ? jobsOfOpenSessions() : NO_JOBS,
		};
		const earlier = before && new SightedProcesses(before);
		const processes: MonitoredProcess[] = [];
		for (let row = 0; row < table.length; row++) {
			// What has ended and was not waited for yet is no job any more.
			if (table.number(row, 'ended') === 0) {
				const same = earlier?.find(table.number(row, 'pid'), table.number(row, 'startTicks'));
				processes.push(new MonitoredProcess(table, row, context, same));
			}
		}
		return processes;
	}
}

/** The processes of a reading, to be found again: by id and start, since ids are given again. */
class SightedProcesses {
	readonly #byId: ReadonlyMap<number, MonitoredProcess>;

	constructor(reading: Reading) {
		this.#byId = new Map(reading.map((found) => [found.pid, found]));
	}

	find(pid: number, startTicks: number): MonitoredProcess | undefined {
		const found = this.#byId.get(pid);
		return found?.startTicks === startTicks ? found : undefined;
	}
}

/** What has to be read to decide over a filter. */
function partsFor(filter: JobInfoFilter): readonly ProcessPart[] {
	const parts: ProcessPart[] = [];
	if (filter.jobOwner !== undefined) {
		parts.push('status');
	}
	if (filter.cpuTime !== undefined) {
		parts.push('cpuClock');
	}
	return parts;
}

function select(reading: Reading, filter: JobInfoFilter): MonitoredProcess[] {
	return Object.keys(filter).length === 0 ? [...reading] : reading.filter((found) => matchesFilter(found, filter));
}

function snapshotOf(
	selected: Reading,
	before: { readonly selected: Reading; readonly interval: number } | undefined,
): MonitorSnapshot {
	const missingIn = (all: Reading, others: Reading) => {
		const sighted = new SightedProcesses(others);
		return Object.freeze(all.filter(({ pid, startTicks }) => sighted.find(pid, startTicks) === undefined));
	};
	return Object.freeze({
		time: new Date(),
		interval: before?.interval,
		processes: Object.freeze(selected),
		appeared: missingIn(selected, before?.selected ?? []),
		vanished: missingIn(before?.selected ?? [], selected),
	});
}

/** Rejects with the signal's own reason; the timer of Node has one of its own. */
async function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await pause(Math.max(0, milliseconds), undefined, signal && { signal });
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	}
}
