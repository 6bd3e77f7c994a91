import type { Launcher } from './launcher.js';

// For rivals that only look at processes.
export function launchesNothing(name: string): () => Promise<Launcher> {
	return () => Promise.reject(new Error(`${name} launches nothing`));
}
