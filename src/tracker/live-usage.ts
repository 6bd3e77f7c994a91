import { Drmaa2Error, type JobInfo } from '../drmaa2/index.js';
import { type GroupUsage, GroupUsageReader } from '../monitoring/index.js';
import type { TrackedJob } from './tracked-job.js';

/** What a running job uses now, or why that could not be read. */
export type LiveUsage = GroupUsage | Drmaa2Error;

/** Reads what running jobs use. */
export class LiveUsageReader {
	readonly #reader = new GroupUsageReader();

	/** Nothing for a job that has no process. */
	async of({ status }: TrackedJob): Promise<LiveUsage | undefined> {
		if (status.kind !== 'active') {
			return undefined;
		}
		try {
			return await this.#reader.usage(status.dispatch.pid);
		} catch (error) {
			if (error instanceof Drmaa2Error) {
				// The rest of what is known of the job is worth having all the same.
				return error;
			}
			throw error;
		}
	}
}

export function liveAnnotation(live: LiveUsage | undefined): string | undefined {
	return live instanceof Drmaa2Error ? `what the job uses now is not known: ${live.message}` : undefined;
}

export function liveFacts(live: LiveUsage | undefined): Partial<JobInfo> {
	return live === undefined || live instanceof Drmaa2Error ? {} : { cpuTime: live.cpuTime };
}

/** `live` marks values of now, which the record of the job's end replaces. */
export function liveExtensions(live: LiveUsage | undefined): Record<string, string> {
	return live === undefined || live instanceof Drmaa2Error
		? {}
		: { live: 'true', memory_usage_rss: String(live.rss), process_count: String(live.processes) };
}
