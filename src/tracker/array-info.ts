import { JobState } from '../drmaa2/index.js';
import type { ArrayRecord } from './array-record.js';
import type { ArrayInfo, ArrayUsage, UsageSummary } from './job-tracker.js';

/** What is known of an array now. */
export function arrayInfo(array: ArrayRecord, withUsage: boolean): ArrayInfo {
	const states = Object.fromEntries(Object.values(JobState).map((state) => [state, array.count(state)]));
	const usage = withUsage ? usageOf(array) : undefined;
	return Object.freeze({
		id: array.id,
		taskCount: array.length,
		states: Object.freeze(states as Record<JobState, number>),
		submissionTime: new Date(array.submissionTime),
		...(array.firstDispatchTime !== undefined && { firstDispatchTime: new Date(array.firstDispatchTime) }),
		...(array.lastFinishTime !== undefined && { lastFinishTime: new Date(array.lastFinishTime) }),
		...(usage !== undefined && { usage }),
	});
}

const MEASURES = [
	'wallclockTime',
	'userCPUTime',
	'systemCPUTime',
	'maxRSS',
] as const satisfies readonly (keyof ArrayUsage)[];

function usageOf(array: ArrayRecord): ArrayUsage | undefined {
	const columns = MEASURES.map(() => new Float64Array(array.finishedCount));
	let taskCount = 0;
	array.forEachUsage(MEASURES, (values) => {
		for (const [position, column] of columns.entries()) {
			column[taskCount] = values[position] ?? 0;
		}
		taskCount++;
	});
	if (taskCount === 0) {
		return undefined;
	}
	const [wallclockTime, userCPUTime, systemCPUTime, maxRSS] = columns.map((column) =>
		summary(column.subarray(0, taskCount)),
	) as [UsageSummary, UsageSummary, UsageSummary, UsageSummary];
	return Object.freeze({ taskCount, wallclockTime, userCPUTime, systemCPUTime, maxRSS });
}

/** Sorts the values in place. */
function summary(values: Float64Array): UsageSummary {
	values.sort();
	const middle = (values.length - 1) / 2;
	return Object.freeze({
		sum: values.reduce((sum, value) => sum + value, 0),
		min: values[0] ?? 0,
		median: ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2,
		max: values.at(-1) ?? 0,
	});
}
