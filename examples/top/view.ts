import type { JobInfo, MachineInfo, MonitoredProcess, MonitorSnapshot } from '../../src/index.js';

/** By what the processes are sorted. */
export const ORDERS = ['cpu', 'memory', 'time', 'pid', 'name'] as const;
export type Order = (typeof ORDERS)[number];

/** All that is on the screen. */
export interface View {
	readonly machine: MachineInfo;
	readonly snapshot: MonitorSnapshot;
	readonly jobs: readonly JobInfo[];
	readonly selectedJob: string | undefined;
	readonly order: Order;
	/** What the last key has brought about. */
	readonly message: string;
	readonly columns: number;
	readonly rows: number;
}

const KEYS = '↑↓ choose a job   s suspend  r resume  k kill   c m t p n sort by cpu, memory, time, pid, name   q quit';

/** The screen as lines, none longer than it is wide, and not more than it has rows. */
export function screenLines(view: View): string[] {
	const { columns, rows } = view;
	const jobs = view.jobs.map((info) => jobLine(info, view));
	// At least half of the rows are for the processes.
	const shownJobs = windowAround(jobs, selectedIndex(view), Math.max(1, Math.floor(rows / 2) - 4));
	const head = [
		machineLine(view.machine),
		usageLine(view),
		'',
		...(jobs.length > 0 ? [inverse(JOB_HEADER, columns), ...shownJobs, ''] : []),
		inverse(PROCESS_HEADER, columns),
	];
	const foot = [clean(view.message) || KEYS];
	const processes = sorted(view.snapshot.processes, view.order).map(processLine);
	const body = processes.slice(0, Math.max(0, rows - head.length - foot.length));
	// Headers are cut already: their colour takes no room.
	return [...head, ...body, ...foot]
		.slice(0, rows)
		.map((line) => (line.startsWith(INVERSE) ? line : fit(line, columns)));
}

function selectedIndex({ jobs, selectedJob }: View): number {
	return Math.max(
		0,
		jobs.findIndex(({ id }) => id === selectedJob),
	);
}

function windowAround<T>(items: readonly T[], index: number, size: number): readonly T[] {
	const begin = Math.max(0, Math.min(index - Math.floor(size / 2), items.length - size));
	return items.slice(begin, begin + size);
}

function machineLine({ name, sockets, coresPerSocket, threadsPerCore, load, extensionList }: MachineInfo): string {
	const cpus = extensionList['cpus_online']?.split(' ').length ?? '?';
	const layout = sockets === undefined ? '' : ` (${sockets} × ${coresPerSocket} × ${threadsPerCore})`;
	const averages = [load, extensionList['load5min'], extensionList['load15min']].join(' ');
	return `${name}   up ${duration(Number(extensionList['uptime_seconds']) * 1e3)}   ${cpus} CPUs${layout}   load ${averages}`;
}

function usageLine({ machine, snapshot }: View): string {
	const total = machine.physMemory ?? 0;
	const used = total - Number(machine.extensionList['memory_available_kb'] ?? 0);
	const count = (state: string) => snapshot.processes.filter((found) => found.state === state).length;
	const cpu = snapshot.processes.reduce((sum, { change }) => sum + (change?.cpuUsage ?? 0), 0);
	return (
		`memory ${bytes(used * 1024)} of ${bytes(total * 1024)}   cpu ${cpu.toFixed(0)} %   ` +
		`${snapshot.processes.length} processes, ${count('Suspended')} suspended`
	);
}

const JOB_HEADER = '   JOB  STATE      DETAIL              PROC   %CPU     RSS        CPU TIME  PID';

function jobLine(info: JobInfo, { snapshot, selectedJob }: View): string {
	const { id, state, subState = '', cpuTime, extensionList } = info;
	const pid = Number(extensionList['pid']);
	const group = snapshot.processes.filter((found) => found.group === pid);
	const cpu = group.reduce((sum, { change }) => sum + (change?.cpuUsage ?? 0), 0);
	const live = extensionList['live'] === 'true';
	const rss = live ? Number(extensionList['memory_usage_rss']) : Number(extensionList['ru_maxrss'] ?? 0) * 1024;
	return [
		`${id === selectedJob ? '>' : ' '} ${id.padStart(4)}`,
		state.padEnd(9),
		subState.padEnd(18),
		(extensionList['process_count'] ?? '').padStart(5),
		(live ? cpu.toFixed(1) : '').padStart(5),
		bytes(rss).padStart(7),
		duration(cpuTime ?? 0).padStart(14),
		String(extensionList['pid'] ?? ''),
	].join('  ');
}

const PROCESS_HEADER = '    PID  USER        STATE       %CPU      RSS      CPU TIME  COMMAND';

function processLine(found: MonitoredProcess): string {
	const cpu = found.change?.cpuUsage ?? found.cpuUsage;
	const command = clean(found.commandLine || `[${found.name}]`);
	return [
		found.id.padStart(7),
		fit(clean(found.jobOwner), 10).padEnd(10),
		fit(found.subState, 10).padEnd(10),
		cpu.toFixed(1).padStart(5),
		bytes(found.rss).padStart(7),
		duration(found.cpuTime).padStart(12),
		found.job === undefined ? command : `${command}  (job ${found.job.jobId})`,
	].join('  ');
}

function sorted(processes: readonly MonitoredProcess[], order: Order): readonly MonitoredProcess[] {
	const value = (found: MonitoredProcess) =>
		({
			cpu: found.change?.cpuUsage ?? found.cpuUsage,
			memory: found.rss,
			time: found.cpuTime,
			pid: -found.pid,
			name: 0,
		})[order];
	const keyed = processes.map((found) => ({ found, value: value(found), name: order === 'name' ? found.name : '' }));
	keyed.sort((a, b) => b.value - a.value || a.name.localeCompare(b.name) || a.found.pid - b.found.pid);
	return keyed.map(({ found }) => found);
}

/** Names and command lines are of strangers: what a terminal would obey, such as the escape of colours, is taken out. */
function clean(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}

function fit(text: string, columns: number): string {
	return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

const INVERSE = '\x1b[7m';

function inverse(line: string, columns: number): string {
	return `${INVERSE}${line.slice(0, columns).padEnd(columns)}\x1b[0m`;
}

function bytes(count: number): string {
	for (const [unit, size] of [
		['G', 2 ** 30],
		['M', 2 ** 20],
		['K', 2 ** 10],
	] as const) {
		if (count >= size) {
			return `${(count / size).toFixed(count >= 100 * size ? 0 : 1)}${unit}`;
		}
	}
	return `${count}`;
}

function duration(milliseconds: number): string {
	const seconds = Math.floor(milliseconds / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	if (seconds >= 86_400) {
		return `${Math.floor(seconds / 86_400)}d ${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`;
	}
	return seconds >= 3600
		? `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
		: `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${two(Math.floor(milliseconds / 10) % 100)}`;
}
