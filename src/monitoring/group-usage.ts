import { readProcesses } from '../native/index.js';
import { ProcessTable } from './process-table.js';

/** What a process group uses now. */
export interface GroupUsage {
	/**
	 * Milliseconds of processor time of its processes, and of the children they have waited for. A process that was waited
	 * for by another than its parent, because that has ended, is counted only while it lives.
	 */
	readonly cpuTime: number;
	/** Bytes in memory, added up; what several processes share is counted for each. */
	readonly rss: number;
	/** The number of its processes that have not ended. */
	readonly processes: number;
}

/**
 * Reads what process groups use. The members of a group can only be found among all processes of the machine, so
 * everybody who asks before a reading begins shares that reading.
 */
export class GroupUsageReader {
	/** The groups of the reading that has not begun yet. */
	#next: { readonly groups: Set<number>; readonly usages: Promise<ReadonlyMap<number, GroupUsage>> } | undefined;
	#current: Promise<unknown> = Promise.resolve();

	/**
	 * Nothing when the group's leader is no child of this process (any more).
	 *
	 * @throws Drmaa2Error when /proc cannot be read
	 */
	async usage(group: number): Promise<GroupUsage | undefined> {
		this.#next ??= this.#plan();
		const { groups, usages } = this.#next;
		groups.add(group);
		return (await usages).get(group);
	}

	#plan() {
		const groups = new Set<number>();
		// One reading at a time: those who come meanwhile are the next.
		const usages = this.#current.then(() => {
			this.#next = undefined;
			return readGroups(groups);
		});
		this.#current = usages.catch(() => {});
		return { groups, usages };
	}
}

async function readGroups(groups: ReadonlySet<number>): Promise<ReadonlyMap<number, GroupUsage>> {
	const table = new ProcessTable(await readProcesses({ groups }, { parts: ['status', 'cpuClock'] }));
	const sums = new Map<number, { cpuTime: number; rss: number; processes: number }>();
	const ours = new Set<number>();
	for (let row = 0; row < table.length; row++) {
		const pid = table.number(row, 'pid');
		// A leader may have gone to another group.
		const group = groups.has(pid) ? pid : table.number(row, 'group');
		const sum = sums.get(group) ?? { cpuTime: 0, rss: 0, processes: 0 };
		sums.set(group, sum);
		sum.cpuTime += table.number(row, 'cpuTime') + table.number(row, 'childrenTime');
		if (table.number(row, 'ended') === 0) {
			sum.rss += table.number(row, 'rss');
			sum.processes++;
		}
		if (pid === group && table.number(row, 'parent') === process.pid) {
			ours.add(group);
		}
	}
	return new Map([...sums].filter(([group]) => ours.has(group)));
}
