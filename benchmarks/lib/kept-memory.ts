import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface KeptMemory {
	/** Bytes of JavaScript: its heap, and the buffers beside it. */
	readonly heap: number;
	/** Bytes of the process, whoever in it keeps them. */
	readonly resident: number;
}

/** What is in use once the garbage is collected. */
export function keptMemory(): KeptMemory {
	setFlagsFromString('--expose-gc');
	const collect: () => void = runInNewContext('gc');
	// What the first collection sets free may hold more that only the second one finds.
	collect();
	collect();
	const { heapUsed, external, rss } = process.memoryUsage();
	return { heap: heapUsed + external, resident: rss };
}
