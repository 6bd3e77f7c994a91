import { JobState } from '../src/index.js';

/** A line that counts finished jobs, redrawn in place. Silent where the output is no terminal. */
export function progressLine(total: number): { count(state: JobState): void; end(): void } {
	const started = performance.now();
	let done = 0;
	let failed = 0;
	const draw = () => {
		const finished = done + failed;
		const rate = finished / Math.max((performance.now() - started) / 1000, 0.001);
		process.stdout.write(
			`\r${bar(finished / total)} ${finished}/${total}  done ${done}  failed ${failed}  ${rate.toFixed(0)} jobs/s \x1b[K`,
		);
	};
	return {
		count(state) {
			if (state === JobState.Done) {
				done++;
			} else {
				failed++;
			}
			if (process.stdout.isTTY) {
				draw();
			}
		},
		end() {
			if (process.stdout.isTTY) {
				process.stdout.write('\r\x1b[K');
			}
		},
	};
}

const BAR_WIDTH = 30;

function bar(share: number): string {
	const filled = Math.round(share * BAR_WIDTH);
	return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}
