import { Drmaa2Error } from '../drmaa2/index.js';
import { procfsAddon } from './addon.js';
import {
	type MachineFacts,
	PROCFS_LAYOUT,
	type ProcessColumns,
	type ProcessPart,
	type ProcfsAddon,
} from './procfs-layout.js';

/** Which processes are read: all that are visible, these, or all of these process groups and their leaders. */
type ProcessSelection = 'all' | { readonly pids: Iterable<number> } | { readonly groups: Iterable<number> };

interface ReadOptions {
	/** Parts that are not asked for are unknown in the answer. */
	readonly parts?: readonly ProcessPart[];
	/** Bytes after which a command line is cut off. */
	readonly commandLimit?: number;
	/** The directory under which a recorded /proc and /sys lie; the machine's own when it is absent. */
	readonly root?: string;
}

/**
 * Reads processes, off the main thread. One that ends meanwhile is left out.
 *
 * @throws Drmaa2Error `OutOfResource` without descriptors or memory, `Internal` when there is no /proc
 */
export async function readProcesses(selection: ProcessSelection, options: ReadOptions = {}): Promise<ProcessColumns> {
	const { parts = [], commandLimit = 0, root = '' } = options;
	const [kind, ids] = selected(selection);
	const addon = sharedAddon();
	return await told(() =>
		addon.readProcesses(root, PROCFS_LAYOUT.selections.indexOf(kind), Int32Array.from(ids), sum(parts), commandLimit),
	);
}

/**
 * Reads what is known of the machine, off the main thread.
 *
 * @throws Drmaa2Error `OutOfResource` without descriptors or memory
 */
export async function readMachine(root = ''): Promise<MachineFacts> {
	const addon = sharedAddon();
	return await told(() => addon.readMachine(root));
}

let shared: ProcfsAddon | undefined;

/** Found and compared once per thread: that costs more than taking over a reading. */
function sharedAddon(): ProcfsAddon {
	shared ??= procfsAddon();
	return shared;
}

function selected(selection: ProcessSelection): ['all' | 'pids' | 'groups', Iterable<number>] {
	if (selection === 'all') {
		return ['all', []];
	}
	return 'pids' in selection ? ['pids', selection.pids] : ['groups', selection.groups];
}

function sum(parts: readonly ProcessPart[]): number {
	return parts.reduce((bits, part) => bits | (1 << PROCFS_LAYOUT.parts.indexOf(part)), 0);
}

const SCARCE: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

async function told<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (cause) {
		const code: unknown = cause instanceof Error && Reflect.get(cause, 'code');
		const syscall: unknown = cause instanceof Error && Reflect.get(cause, 'syscall');
		const details = {
			...(typeof code === 'string' && { errno: code }),
			...(typeof syscall === 'string' && { syscall }),
			cause,
		};
		if (SCARCE.has(code)) {
			throw new Drmaa2Error(
				'OutOfResource',
				`/proc could not be read (${code}): close what is not needed and try again`,
				details,
			);
		}
		throw new Drmaa2Error('Internal', `/proc could not be read (${code}): it must be mounted`, details);
	}
}
