import type { JobInfo } from './job-info.js';

/**
 * Selects jobs by their information (GFD.231). Members that are absent or `undefined` are not looked at, so `{}`
 * selects every job; the others must all match, and a job that lacks a value which is asked for does not match.
 *
 * `wallclockTime`, `cpuTime` (milliseconds) and the three instants select jobs with *at least* that value,
 * `allocatedMachines` those that have all of the given machines; everything else must be equal.
 */
export type JobInfoFilter = {
	readonly [Member in FilterMember]?: JobInfo[Member] | undefined;
};

/** `annotation` is text for people, and the standard says that it is never compared. */
type FilterMember = Exclude<keyof JobInfo, 'annotation' | 'resourceUsage' | 'extensionList'>;
