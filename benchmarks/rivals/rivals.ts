import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { compileC, type Linking } from '../lib/compile-c.js';
import { packageRoot } from '../lib/package-root.js';
import { runProgram } from '../lib/run-program.js';
import { bunBinary } from './bun-binary.js';
import { gnuTime } from './gnu-time.js';
import type { Rival } from './rival.js';

export interface RivalEntry {
	readonly name: RivalName;
	readonly label: string;
	/** Throws, with the reason, when the rival is not there. */
	version(): Promise<string>;
	/** Imported only in the process that measures it: no rival pays for another. */
	load(): Promise<Rival>;
	/** What runs the measurement, where it is not this Node. */
	runtime?(): string;
}

export type RivalName =
	| 'tracker'
	| 'posix-spawn'
	| 'posix-spawn-per-core'
	| 'child-process'
	| 'execa'
	| 'bun'
	| 'xargs'
	| 'gnu-parallel'
	| 'gnu-time'
	| 'tiny-parent'
	| 'systeminformation'
	| 'pidusage'
	| 'ps-list'
	| 'ps';

export const ours: RivalName = 'tracker';

/** They copy the page tables of Node on its main thread, and so get slow when it holds much memory. */
export const forkingRivals: ReadonlySet<RivalName> = new Set(['child-process', 'execa']);

export const rivals: readonly RivalEntry[] = [
	{
		name: ours,
		label: 'os-process-tracker',
		version: async () => {
			// Only looked for: an addon that crashes at load must not take the whole run with it.
			if (!existsSync(new URL('../../src/index.js', import.meta.url))) throw new Error('not built');
			return versionIn(packageRoot);
		},
		load: () => import('./tracker.js'),
	},
	{
		name: 'posix-spawn',
		label: 'C posix_spawn, 1 worker',
		version: () => compiled('rivals/posix-spawn.c', 'dynamic'),
		load: async () => (await import('./posix-spawn.js')).posixSpawn(1),
	},
	{
		name: 'posix-spawn-per-core',
		label: 'C posix_spawn, worker per core',
		version: () => compiled('rivals/posix-spawn.c', 'dynamic'),
		load: async () => (await import('./posix-spawn.js')).posixSpawn(availableParallelism()),
	},
	{
		name: 'child-process',
		label: 'child_process.spawn',
		version: async () => process.version,
		load: () => import('./child-process.js'),
	},
	{
		name: 'execa',
		label: 'execa',
		version: async () => versionIn(dirname(createRequire(import.meta.url).resolve('execa'))),
		load: () => import('./execa.js'),
	},
	{
		name: 'bun',
		label: 'Bun.spawn',
		version: async () => (await runProgram(bunBinary(), ['--version'], { timeout: 10_000 })).trim(),
		load: () => import('./bun.js'),
		runtime: bunBinary,
	},
	{
		name: 'xargs',
		label: 'xargs -P',
		version: async () => firstLine(await runProgram('xargs', ['--version'], { timeout: 10_000 })),
		load: async () => (await import('./line-runner.js')).lineRunner('xargs', ['-n', '1', '-P']),
	},
	{
		name: 'gnu-parallel',
		label: 'GNU parallel',
		version: async () => {
			const version = firstLine(await runProgram('parallel', ['--version'], { timeout: 10_000 }));
			// Another program has the same name.
			if (!version.startsWith('GNU parallel')) throw new Error(`parallel is not GNU parallel: ${version}`);
			return version;
		},
		load: async () => (await import('./line-runner.js')).lineRunner('parallel', ['-j']),
	},
	{
		name: 'gnu-time',
		label: 'time -v under child_process',
		version: async () => firstLine(await runProgram(gnuTime, ['--version'], { timeout: 10_000 })),
		load: () => import('./gnu-time.js'),
	},
	{
		name: 'tiny-parent',
		label: 'tiny C parent (fork, wait4)',
		version: () => compiled('rivals/tiny-parent.c', 'static'),
		load: () => import('./tiny-parent.js'),
	},
	{
		name: 'systeminformation',
		label: 'systeminformation',
		version: async () => versionOf('systeminformation'),
		load: () => import('./systeminformation.js'),
	},
	{
		name: 'pidusage',
		label: 'pidusage',
		version: async () => versionOf('pidusage'),
		load: () => import('./pidusage.js'),
	},
	{ name: 'ps-list', label: 'ps-list', version: async () => versionOf('ps-list'), load: () => import('./ps-list.js') },
	{
		name: 'ps',
		label: 'ps',
		version: async () => firstLine(await runProgram('ps', ['--version'], { timeout: 10_000 })),
		load: () => import('./ps.js'),
	},
];

function versionOf(name: string): string {
	return versionIn(join(packageRoot, 'node_modules', name));
}

async function compiled(source: string, linking: Linking): Promise<string> {
	await compileC(source, linking);
	return firstLine(await runProgram('cc', ['--version'], { timeout: 10_000 }));
}

function versionIn(folder: string): string {
	const manifest: { version?: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return manifest.version ?? 'unknown';
}

function firstLine(text: string): string {
	return text.split('\n')[0] ?? '';
}
