import type { Question } from './question.js';

// Imported one by one: a measuring process loads no more than its own question.
export const questions: Readonly<Record<string, () => Promise<Question>>> = {
	'launch-latency': async () => (await import('./launch-latency.js')).launchLatency,
	'launch-throughput': async () => (await import('./launch-throughput.js')).launchThroughput,
	'maxrss-accuracy': async () => (await import('./maxrss-accuracy.js')).maxrssAccuracy,
	'cpu-accuracy': async () => (await import('./cpu-accuracy.js')).cpuAccuracy,
	'event-loop-delay': async () => (await import('./event-loop-delay.js')).eventLoopDelay,
	'array-throughput': async () => (await import('./array-throughput.js')).arrayThroughput,
	'array-large-heap': async () => (await import('./array-large-heap.js')).arrayLargeHeap,
	'array-event-loop': async () => (await import('./array-event-loop.js')).arrayEventLoop,
	'array-scale': async () => (await import('./array-scale.js')).arrayScale,
	'monitor-all': async () => (await import('./monitor-all.js')).monitorAll,
	'monitor-accuracy': async () => (await import('./monitor-accuracy.js')).monitorAccuracy,
};
