import { readFileSync } from 'node:fs';

// Microseconds. On Node 20, process.cpuUsage() counts every thread; the scheduler's own account knows this one.
export function mainThreadCpu(): number | undefined {
	try {
		const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
		return Number(nanoseconds) / 1000;
	} catch {
		return undefined;
	}
}
