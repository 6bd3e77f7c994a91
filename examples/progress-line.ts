import { type ArrayInfo, Drmaa2Error, type ProcessTracker } from '../src/index.js';

/**
 * Waits for an array and shows how far it is, on a line that is redrawn in place. Where the output is no terminal it
 * only waits.
 */
export async function followProgress(tracker: ProcessTracker, arrayId: string): Promise<void> {
	if (!process.stdout.isTTY) {
		return await tracker.waitArray(arrayId);
	}
	for (let over = false; !over; ) {
		over = await endsWithin(tracker, arrayId, REDRAW_MS);
		process.stdout.write(`\r${progressLine(await tracker.arrayInfo(arrayId, { usage: false }), Date.now())}\x1b[K`);
	}
	process.stdout.write('\n');
}

const REDRAW_MS = 100;

async function endsWithin(tracker: ProcessTracker, arrayId: string, timeout: number): Promise<boolean> {
	try {
		await tracker.waitArray(arrayId, { timeout });
		return true;
	} catch (error) {
		if (error instanceof Drmaa2Error && error.code === 'Timeout') {
			return false;
		}
		throw error;
	}
}

/** How far an array is: a bar, the numbers per state, the rate and how long it will take. `now` is in milliseconds. */
export function progressLine(info: ArrayInfo, now: number): string {
	const { Running, Suspended, Done, Failed, Undetermined } = info.states;
	const ended = Done + Failed + Undetermined;
	const end = ended === info.taskCount ? (info.lastFinishTime?.getTime() ?? now) : now;
	const seconds = Math.max((end - (info.firstDispatchTime?.getTime() ?? end)) / 1000, 0.001);
	const rate = ended / seconds;
	const left = rate > 0 ? (info.taskCount - ended) / rate : Number.POSITIVE_INFINITY;
	return [
		`${bar(ended / info.taskCount)} ${ended}/${info.taskCount}`,
		`running ${Running + Suspended}`,
		`done ${Done}`,
		`failed ${Failed}`,
		`${rate.toFixed(0)} jobs/s`,
		ended === info.taskCount ? `took ${duration(seconds)}` : `ETA ${duration(left)}`,
	].join('  ');
}

const BAR_WIDTH = 30;

function bar(share: number): string {
	const filled = Math.round(share * BAR_WIDTH);
	return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

function duration(seconds: number): string {
	if (seconds === Number.POSITIVE_INFINITY) {
		return '?';
	}
	const whole = Math.ceil(seconds);
	return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
