import { ratePerSecond } from '../lib/rate.js';
import type { Launcher, SubmittedArray } from '../rivals/launcher.js';
import { runTasks } from './run-tasks.js';

export async function arrayRate(launcher: Launcher, concurrency: number, tasks: number): Promise<number> {
	await runTasks(launcher, concurrency, 50);
	let array: SubmittedArray | undefined;
	const rate = await ratePerSecond(tasks, async () => {
		array = await runTasks(launcher, concurrency, tasks);
	});
	await array?.cpuTimes();
	return rate;
}
