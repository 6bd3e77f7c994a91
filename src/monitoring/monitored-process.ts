import type { JobInfo, JobState } from '../drmaa2/index.js';
import { jobStateOf, subStateOf } from './kernel-state.js';
import type { JobOfSession } from './open-sessions.js';
import type { ProcessTable } from './process-table.js';

/** Memory of a process, in bytes; zero for a kernel thread, which has none of its own. */
export interface ProcessMemory {
	/** In memory now. */
	readonly rss: number;
	/** Address space, whether it is used or not. */
	readonly vms: number;
	/** The most that was ever in memory. */
	readonly hwm: number;
	readonly data: number;
	readonly stack: number;
	/** Locked into memory, mlock(2). */
	readonly locked: number;
	/** Swapped out. */
	readonly swap: number;
}

/** What has changed in a process since it was last looked at. */
export interface ProcessChange {
	/** Milliseconds between both looks. */
	readonly interval: number;
	/** Milliseconds of processor time in that interval. */
	readonly cpuTime: number;
	/** Percent of one processor in that interval; above 100 when several threads were at work. */
	readonly cpuUsage: number;
	/** Bytes of memory more than before, or less. */
	readonly rss: number;
}

/** What all processes of a reading have in common. */
export interface ReadingContext {
	readonly hostname: string;
	/** Milliseconds from the epoch to the boot of the machine. */
	readonly bootTime: number;
	/** The jobs of open sessions, by the ids of their processes. */
	readonly jobs: ReadonlyMap<number, JobOfSession>;
}

/** A process of the machine, as it was at the moment of the reading. What may not be read is `undefined`. */
export class MonitoredProcess {
	/** Since the snapshot before; absent in the first in which the process appears. */
	readonly change: ProcessChange | undefined;
	readonly #table: ProcessTable;
	readonly #row: number;
	readonly #context: ReadingContext;

	constructor(table: ProcessTable, row: number, context: ReadingContext, before?: MonitoredProcess) {
		this.#table = table;
		this.#row = row;
		this.#context = context;
		this.change = before && this.#changeSince(before);
	}

	/** The process id, as the id of a job. */
	get id(): string {
		return String(this.pid);
	}

	get pid(): number {
		return this.#table.number(this.#row, 'pid');
	}

	/** The process id of its parent; 0 where that is outside of what can be seen. */
	get parent(): number {
		return this.#table.number(this.#row, 'parent');
	}

	/** The id of its process group. */
	get group(): number {
		return this.#table.number(this.#row, 'group');
	}

	/** The name of its command: at most 15 bytes of any kind. */
	get name(): string {
		return this.#table.text(this.#row, 'name') ?? '';
	}

	/** Its command and arguments, as it shows them; none for a kernel thread. */
	get args(): readonly string[] | undefined {
		const command = this.#table.text(this.#row, 'command');
		// Each argument ends with NUL. A process that has overwritten them, as some servers do, may have left that out.
		return command === undefined ? undefined : command === '' ? [] : command.replace(/\0+$/, '').split('\0');
	}

	/** The same as one line; empty for a kernel thread. */
	get commandLine(): string | undefined {
		return this.args?.join(' ');
	}

	get workingDirectory(): string | undefined {
		return this.#table.text(this.#row, 'directory');
	}

	/** The number of the user whose process it is: the real uid. */
	get uid(): number {
		return this.#table.number(this.#row, 'uid');
	}

	/** The name of that user, or the number as text when it has none. */
	get jobOwner(): string {
		return this.#table.user(this.#row);
	}

	get state(): JobState {
		return jobStateOf(this.#letter);
	}

	/** What it is doing: `running`, `sleeping`, `disk sleep`, `stopped`. */
	get subState(): string {
		return subStateOf(this.#letter);
	}

	get isKernelThread(): boolean {
		return this.#table.number(this.#row, 'kernelThread') === 1;
	}

	get threads(): number {
		return this.#table.number(this.#row, 'threads');
	}

	get nice(): number {
		return this.#table.number(this.#row, 'nice');
	}

	/** The processors it may run on: `0 1 2`. */
	get cpuAffinity(): string | undefined {
		return this.#table.processors(this.#row);
	}

	/** Bytes in memory. */
	get rss(): number {
		return this.#table.number(this.#row, 'rss');
	}

	/** Undefined where only the figures of {@link rss} may be read. */
	get memory(): ProcessMemory | undefined {
		const hwm = this.#table.known(this.#row, 'peakRss');
		const number = (column: 'rss' | 'vms' | 'data' | 'stack' | 'locked' | 'swapped') =>
			this.#table.number(this.#row, column);
		return hwm === undefined
			? undefined
			: {
					rss: number('rss'),
					vms: number('vms'),
					hwm,
					data: number('data'),
					stack: number('stack'),
					locked: number('locked'),
					swap: number('swapped'),
				};
	}

	/** Milliseconds of processor time of all its threads since its start. */
	get cpuTime(): number {
		return this.#table.number(this.#row, 'cpuTime');
	}

	/** Percent of one processor, on the average since its start. For a shorter time see {@link change}. */
	get cpuUsage(): number {
		return percent(this.cpuTime, this.wallclockTime);
	}

	/** When it was started, as exact as the kernel tells: 10 ms. */
	get dispatchTime(): Date {
		return new Date(Math.round(this.#context.bootTime + this.#table.number(this.#row, 'startTime')));
	}

	/** The same: a process is not submitted before it is started. */
	get submissionTime(): Date {
		return this.dispatchTime;
	}

	/** Clock ticks from boot to its start: tells it from another process that gets the same number later. */
	get startTicks(): number {
		return this.#table.number(this.#row, 'startTicks');
	}

	/** Milliseconds from its start to the reading. */
	get wallclockTime(): number {
		return Math.max(0, this.#table.number(this.#row, 'readTime') - this.#table.number(this.#row, 'startTime'));
	}

	get allocatedMachines(): readonly string[] {
		return [this.#context.hostname];
	}

	get submissionMachine(): string {
		return this.#context.hostname;
	}

	get slots(): number {
		return 1;
	}

	/** The job of an open session of this thread that the process belongs to as its leader. */
	get job(): JobOfSession | undefined {
		const job = this.#context.jobs.get(this.pid);
		// Jobs are children of this process; not a stranger with the number of a job whose end has not been told yet.
		return this.parent === process.pid ? job : undefined;
	}

	/** All of it as the information of a job: frozen, and by the names of the standard. */
	info(): JobInfo {
		return Object.freeze({
			id: this.id,
			state: this.state,
			subState: this.subState,
			allocatedMachines: Object.freeze(this.allocatedMachines),
			submissionMachine: this.submissionMachine,
			jobOwner: this.jobOwner,
			slots: this.slots,
			wallclockTime: this.wallclockTime,
			cpuTime: this.cpuTime,
			submissionTime: this.submissionTime,
			dispatchTime: this.dispatchTime,
			extensionList: Object.freeze(this.#extensions()),
		});
	}

	/** For `JSON.stringify` and for logs. */
	toJSON(): JobInfo {
		return this.info();
	}

	get #letter(): string {
		return String.fromCharCode(this.#table.number(this.#row, 'state'));
	}

	#changeSince(before: MonitoredProcess): ProcessChange {
		const interval = this.#table.number(this.#row, 'readTime') - before.#table.number(before.#row, 'readTime');
		// An ending process is read by another clock, which is coarser.
		const cpuTime = Math.max(0, this.cpuTime - before.cpuTime);
		return { interval, cpuTime, cpuUsage: percent(cpuTime, interval), rss: this.rss - before.rss };
	}

	/** The keys of drmaa2os, and further ones. */
	#extensions(): Record<string, string> {
		const { commandLine, workingDirectory, cpuAffinity, memory, job } = this;
		const usage = this.change?.cpuUsage ?? this.cpuUsage;
		return {
			name: this.name,
			...(commandLine !== undefined && { commandline: commandLine }),
			...(workingDirectory !== undefined && { workingdir: workingDirectory }),
			cpu_usage: usage.toFixed(6),
			...(this.change !== undefined && { cpu_usage_interval_ms: String(this.change.interval) }),
			...(cpuAffinity !== undefined && { cpu_affinity: cpuAffinity }),
			...(memory !== undefined && { memory_usage: JSON.stringify(memory) }),
			memory_usage_rss: String(this.rss),
			memory_usage_vms: String(this.#table.number(this.#row, 'vms')),
			pid: this.id,
			uid: String(this.uid),
			ppid: String(this.parent),
			pgid: String(this.group),
			threads: String(this.threads),
			starttime: String(this.startTicks),
			...(job !== undefined && { job_id: job.jobId, session: job.sessionName }),
		};
	}
}

function percent(part: number, whole: number): number {
	return whole > 0 ? (part / whole) * 100 : 0;
}
