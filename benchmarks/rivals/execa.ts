import { execa } from 'execa';
import { holdMemory } from '../lib/held-memory.js';
import type { Launcher } from './launcher.js';

export async function open(heldMegabytes: number): Promise<Launcher> {
	holdMemory(heldMegabytes);
	return {
		start: async (command, args) => {
			const subprocess = execa(command, args, { stdio: 'ignore' });
			if (subprocess.pid === undefined) await subprocess;
			return {
				exited: async () => {
					await subprocess;
				},
				usage: () => Promise.reject(new Error('execa reports no usage')),
				forget: async () => {},
			};
		},
		close: async () => {},
	};
}
