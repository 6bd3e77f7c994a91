import type { LoopSample } from '../lib/watch-loop.js';
import type { LoopParams } from '../questions/event-loop-delay.js';
import type { LatencyParams, LatencySample } from '../questions/launch-latency.js';
import type { AccuracyParams, AccuracySample } from '../questions/monitor-accuracy.js';
import type { MonitorParams, MonitorSample } from '../questions/monitor-all.js';
import type { ThroughputParams, ThroughputSample } from '../questions/throughput-tables.js';
import type { Launcher } from './launcher.js';

export interface Rival {
	/** The process that launches holds this much memory. */
	open(heldMegabytes: number): Promise<Launcher>;
	/** For a rival that is a program of its own and has its own loop. */
	readonly answers?: Answers;
}

export interface Answers {
	'launch-latency'?(params: LatencyParams): Promise<LatencySample>;
	'launch-throughput'?(params: ThroughputParams): Promise<ThroughputSample>;
	'array-throughput'?(params: ThroughputParams): Promise<ThroughputSample>;
	'array-event-loop'?(params: LoopParams): Promise<LoopSample>;
	'event-loop-delay'?(params: LoopParams): Promise<LoopSample>;
	'monitor-all'?(params: MonitorParams): Promise<MonitorSample>;
	'monitor-accuracy'?(params: AccuracyParams): Promise<AccuracySample>;
}
