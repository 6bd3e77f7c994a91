import type { JobInfo } from './job-info.js';
import type { JobInfoFilter } from './job-info-filter.js';

// Exclude takes the question marks away, which keyof alone would bring along.
type Member = Exclude<keyof JobInfoFilter, never>;
type Value<M extends Member> = NonNullable<JobInfo[M]>;
type Tests = { readonly [M in Member]: (has: Value<M>, wanted: Value<M>) => boolean };

/** How a job's value is compared with the one that is asked for (GFD.231, section 5.5). */
const TESTS: Tests = {
	id: same,
	exitStatus: same,
	terminatingSignal: same,
	state: same,
	subState: same,
	allocatedMachines: (has, wanted) => wanted.every((machine) => has.includes(machine)),
	submissionMachine: same,
	jobOwner: same,
	slots: same,
	queueName: same,
	wallclockTime: atLeast,
	cpuTime: atLeast,
	submissionTime: notBefore,
	dispatchTime: notBefore,
	finishTime: notBefore,
};

/** The members that a filter may have. */
export const JOB_INFO_FILTER_MEMBERS = Object.freeze(Object.keys(TESTS)) as readonly Member[];

/**
 * Whether a filter selects a job. The one place where this is decided, for jobs of every origin; only what the filter
 * asks for is looked at.
 */
export function matchesFilter(job: JobInfoFilter, filter: JobInfoFilter): boolean {
	return JOB_INFO_FILTER_MEMBERS.every((member) => matches(member, job, filter));
}

function matches<M extends Member>(member: M, job: JobInfoFilter, filter: JobInfoFilter): boolean {
	const wanted: JobInfo[M] | undefined = filter[member];
	if (wanted === undefined || wanted === null) {
		return true;
	}
	const has: JobInfo[M] | undefined = job[member];
	return has !== undefined && has !== null && TESTS[member](has, wanted);
}

function same<T>(has: T, wanted: T): boolean {
	return has === wanted;
}

function atLeast(has: number, wanted: number): boolean {
	return has >= wanted;
}

function notBefore(has: Date, wanted: Date): boolean {
	return has.getTime() >= wanted.getTime();
}
