import { holdMemory } from '../lib/held-memory.js';
import type { Launcher } from './launcher.js';

interface BunSubprocess {
	readonly exited: Promise<number>;
	resourceUsage(): BunUsage | undefined;
}

interface BunUsage {
	/** Bytes, unlike ru_maxrss and unlike process.resourceUsage() */
	readonly maxRSS: number;
	/** Microseconds */
	readonly cpuTime: { readonly user: bigint; readonly system: bigint };
}

declare const Bun: {
	spawn(command: readonly string[], options: { stdio: readonly ['ignore', 'ignore', 'ignore'] }): BunSubprocess;
};

// Runs in the bun binary, not in Node; the little of Bun that is used is declared here instead of installing its types.
export async function open(heldMegabytes: number): Promise<Launcher> {
	holdMemory(heldMegabytes);
	return {
		start: async (command, args) => {
			const subprocess = Bun.spawn([command, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
			return {
				exited: async () => {
					const code = await subprocess.exited;
					if (code !== 0) throw new Error(`${command} ended with ${code}`);
				},
				usage: async () => {
					const usage = subprocess.resourceUsage();
					if (usage === undefined) throw new Error('Bun reported no usage');
					return {
						maxRSS: usage.maxRSS / 1024,
						userCPUTime: Number(usage.cpuTime.user),
						systemCPUTime: Number(usage.cpuTime.system),
					};
				},
				forget: async () => {},
			};
		},
		close: async () => {},
	};
}
