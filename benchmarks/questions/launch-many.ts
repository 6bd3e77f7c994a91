import { keepInFlight } from '../lib/in-flight.js';
import type { Launcher } from '../rivals/launcher.js';

export async function launchMany(
	launcher: Launcher,
	concurrency: number,
	jobs: number,
	pause?: () => Promise<unknown>,
): Promise<void> {
	await keepInFlight(jobs, concurrency, async () => {
		const job = await launcher.start('/bin/true', []);
		await job.exited();
		await job.forget();
		await pause?.();
	});
}
