import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Drmaa2Error } from '../drmaa2/index.js';
import type { LaunchRequest } from '../template/index.js';
import { NUMBERING, type Numbering } from './event.js';
import { PROCFS_LAYOUT, type ProcfsAddon } from './procfs-layout.js';

/** The engine as the addon has it: native/addon/engine_object.h. Arguments out of range throw a TypeError. */
export interface NativeEngine {
	openQueue(queue: number, maxRunning: number, killOnExit: boolean): void;
	closeQueue(queue: number): void;
	submit(queue: number, job: number, request: LaunchRequest, held: boolean): void;
	/** The strings of the request hold INDEX_MARK where the index of a task belongs. */
	submitArray(
		queue: number,
		job: number,
		request: LaunchRequest,
		begin: number,
		end: number,
		step: number,
		maxParallel: number,
		held: boolean,
	): void;
	control(queue: number, job: number, task: number, action: number, token: number): void;
	ref(): void;
	unref(): void;
	close(): void;
}

interface Addon extends ProcfsAddon {
	readonly Engine: new (options: {
		readonly launcherPath: string;
		readonly onEvents: (batch: Float64Array) => void;
	}) => NativeEngine;
	readonly numbering: Numbering;
}

/**
 * Starts an engine of the addon.
 *
 * @throws Drmaa2Error `Internal` when the addon is missing or is not the one this code was built with, `OutOfResource`
 * when the engine's thread or descriptors are not to be had
 */
export function startNativeEngine(onEvents: (batch: Float64Array) => void): NativeEngine {
	const { addon, launcherPath } = loadAddon();
	try {
		return new addon.Engine({ launcherPath, onEvents });
	} catch (cause) {
		throw new Drmaa2Error('OutOfResource', 'the engine could not be started: close what is not needed and try again', {
			cause,
		});
	}
}

/**
 * The readers of /proc of the addon.
 *
 * @throws Drmaa2Error `Internal` when the addon is missing or is not the one this code was built with
 */
export function procfsAddon(): ProcfsAddon {
	return loadAddon().addon;
}

const require = createRequire(import.meta.url);
const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));

function loadAddon(): { addon: Addon; launcherPath: string } {
	const path = addonPath();
	const addon: Addon = require(path);
	if (!isDeepStrictEqual(addon.numbering, NUMBERING) || !isDeepStrictEqual(addon.procfsLayout, PROCFS_LAYOUT)) {
		throw new Drmaa2Error('Internal', `${path} was built from other sources: run \`npm rebuild os-process-tracker\``, {
			path,
		});
	}
	// Both are built together, side by side.
	return { addon, launcherPath: join(dirname(path), 'os-process-launcher') };
}

function addonPath(): string {
	// With `path` it gives the place instead of loading it; its type declarations do not know that.
	const bindings: (options: { bindings: string; module_root: string; path: true }) => string = require('bindings');
	try {
		return bindings({ bindings: 'os_process_tracker', module_root: packageRoot, path: true });
	} catch (cause) {
		throw new Drmaa2Error(
			'Internal',
			`the native addon is not built in ${packageRoot}: run \`npm rebuild os-process-tracker\` (needs python3, make and g++)`,
			{ path: packageRoot, cause },
		);
	}
}
