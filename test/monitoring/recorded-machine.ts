import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fixture, temporaryDirectory } from '../support/index.js';

/** Files by their paths. */
export type Tree = Readonly<Record<string, string>>;

const CPUS = 'sys/devices/system/cpu';

/**
 * The processors of a real machine as its /sys showed them, from test/fixtures/machines: one line per file, with the path
 * below /sys/devices/system/cpu and the content.
 */
export function recordedProcessors(name: string): Tree {
	const lines = readFileSync(fixture(`machines/${name}.txt`), 'utf8')
		.trim()
		.split('\n');
	return Object.fromEntries(
		lines.map((line) => [join(CPUS, line.slice(0, line.indexOf(':'))), line.slice(line.indexOf(':') + 1)]),
	);
}

/** The same machine after processors were put offline: they are in no list any more, and have lost their topology. */
export function withOffline(tree: Tree, isOffline: (cpu: number) => boolean): Tree {
	const kept = Object.entries(tree).filter(([path]) => {
		const cpu = /\/cpu(\d+)\/topology\//.exec(path)?.[1];
		return cpu === undefined || !isOffline(Number(cpu));
	});
	return Object.fromEntries(
		kept.map(([path, content]) => {
			const isOnlineList = path.endsWith('_list') || path.endsWith('/online');
			return [path, isOnlineList ? listed(numbers(content).filter((cpu) => !isOffline(cpu))) : content];
		}),
	);
}

/** Writes a tree to a directory of its own, which can be read as the root of a machine. */
export async function unpack(t: TestContext, tree: Tree): Promise<string> {
	const root = await temporaryDirectory(t);
	for (const [path, content] of Object.entries(tree)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), `${content}\n`);
	}
	return root;
}

/** `0-2,5` */
function numbers(list: string): number[] {
	return list.split(',').flatMap((range) => {
		const [first = 0, last = first] = range.split('-').map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => first + index);
	});
}

function listed(cpus: readonly number[]): string {
	return cpus.join(',');
}
