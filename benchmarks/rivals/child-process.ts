import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { holdMemory } from '../lib/held-memory.js';
import type { Launcher } from './launcher.js';

export async function open(heldMegabytes: number): Promise<Launcher> {
	holdMemory(heldMegabytes);
	return {
		start: async (command, args) => {
			const child = spawn(command, args, { stdio: 'ignore' });
			const exit = once(child, 'exit');
			await once(child, 'spawn');
			return {
				exited: async () => {
					const [code] = await exit;
					if (code !== 0) throw new Error(`${command} ended with ${code}`);
				},
				usage: () => Promise.reject(new Error('child_process reports no usage')),
				forget: async () => {},
			};
		},
		close: async () => {},
	};
}
