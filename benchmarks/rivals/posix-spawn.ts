import { compiledProgram } from '../lib/compile-c.js';
import { runProgram } from '../lib/run-program.js';
import { timeLimit } from '../lib/time-limit.js';
import { type LoopSample, watchLoop } from '../lib/watch-loop.js';
import type { LoopParams } from '../questions/event-loop-delay.js';
import { latencySample } from '../questions/launch-latency.js';
import type { ThroughputParams, ThroughputSample } from '../questions/throughput-tables.js';
import { reportingParent, usagePrintedBy } from './reporting-parent.js';
import type { Rival } from './rival.js';

// The C program keeps the clock itself: what Node does around it is in no figure.
export function posixSpawn(workers: number): Rival {
	const program = compiledProgram('rivals/posix-spawn.c');
	const ask = (question: string, ...numbers: number[]): Promise<string> =>
		runProgram(program, [question, ...numbers.map(String)], { timeout: timeLimit });
	const throughput = async ({ jobs, concurrency, heldMegabytes }: ThroughputParams): Promise<ThroughputSample> => {
		// A worker that may run nothing at once would never come to an end.
		const seconds = Number(await ask('throughput', heldMegabytes, jobs, concurrency, Math.min(workers, concurrency)));
		return { jobsPerSecond: jobs / seconds };
	};
	// The control: the same jobs load the machine while Node itself has nothing to do.
	const loop = ({ jobs, concurrency, heldMegabytes }: LoopParams): Promise<LoopSample> =>
		watchLoop(jobs, async () => {
			await ask('throughput', heldMegabytes, jobs, concurrency, workers);
		});

	return {
		open: async (held) =>
			reportingParent((command, args) => usagePrintedBy(program, ['usage', String(held), command, ...args])),
		answers: {
			'launch-latency': async ({ warmUp, launches }) => {
				const lines = (await ask('latency', 0, warmUp + launches)).trim().split('\n').slice(warmUp);
				return latencySample(lines.map((line) => line.split(' ').map(Number)));
			},
			'launch-throughput': throughput,
			'array-throughput': throughput,
			'event-loop-delay': loop,
			'array-event-loop': loop,
		},
	};
}
