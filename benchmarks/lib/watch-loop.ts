import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as nextLoopTurn, setTimeout as sleep } from 'node:timers/promises';
import { mainThreadCpu } from './main-thread-cpu.js';

export type LoopSample = {
	readonly delayP50: number;
	readonly delayP99: number;
	readonly delayMax: number;
	readonly ticksKept: number;
	readonly activePerJob: number;
	readonly mainThreadCpuPerJob: number | undefined;
	readonly processCpuPerJob: number;
};
type Delay = Pick<LoopSample, 'delayP50' | 'delayP99' | 'delayMax' | 'ticksKept'>;
type Cost = Omit<LoopSample, keyof Delay>;

const resolution = 1;

/** The work is done twice, because the timer that watches the loop costs main-thread CPU itself. */
export async function watchLoop(jobs: number, work: () => Promise<void>): Promise<LoopSample> {
	return { ...(await delayDuring(work)), ...(await costOf(work, jobs)) };
}

async function delayDuring(work: () => Promise<void>): Promise<Delay> {
	const histogram = monitorEventLoopDelay({ resolution });
	histogram.enable();
	// The first firing is only the start of its clock; without it a loop that never turns would have no delay at all.
	while (histogram.count === 0) await sleep(1);
	const begun = performance.now();
	await work();
	// A loop that was blocked to the end has not noted it yet: its timers come round once more between these two.
	await nextLoopTurn();
	await nextLoopTurn();
	const elapsed = performance.now() - begun;
	histogram.disable();
	const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
	return {
		delayP50: milliseconds(histogram.percentile(50)),
		delayP99: milliseconds(histogram.percentile(99)),
		delayMax: milliseconds(histogram.max),
		ticksKept: (histogram.count * resolution * 100) / elapsed,
	};
}

async function costOf(work: () => Promise<void>, jobs: number): Promise<Cost> {
	const [loop, main, before] = [performance.eventLoopUtilization(), mainThreadCpu(), process.cpuUsage()];
	await work();
	const [active, mainAfter, used] = [
		performance.eventLoopUtilization(loop).active,
		mainThreadCpu(),
		process.cpuUsage(before),
	];
	return {
		activePerJob: (active * 1000) / jobs,
		mainThreadCpuPerJob: main === undefined || mainAfter === undefined ? undefined : (mainAfter - main) / jobs,
		processCpuPerJob: (used.user + used.system) / jobs,
	};
}
