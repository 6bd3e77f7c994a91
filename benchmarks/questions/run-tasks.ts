import type { Launcher, SubmittedArray } from '../rivals/launcher.js';
import { launchMany } from './launch-many.js';

/** As one array where the rival has arrays, else one after the other within the same bound. */
export async function runTasks(
	launcher: Launcher,
	concurrency: number,
	tasks: number,
	pause?: () => Promise<unknown>,
): Promise<SubmittedArray | undefined> {
	const array = await launcher.submitArray?.({ command: '/bin/true', tasks, maxParallel: concurrency });
	if (array === undefined) await launchMany(launcher, concurrency, tasks, pause);
	else await array.ended();
	return array;
}
