export {
	DRMAA2_ERROR_CODES,
	Drmaa2Error,
	type Drmaa2ErrorCode,
	type Drmaa2ErrorDetails,
	type JobIds,
} from './errors.js';
export { JOB_CONTROL_ACTIONS, type JobControlAction } from './job-control.js';
export type { JobInfo } from './job-info.js';
export type { JobInfoFilter } from './job-info-filter.js';
export { JOB_INFO_FILTER_MEMBERS, matchesFilter } from './job-info-match.js';
export { isQueued, isStarted, isTerminated, JobState } from './job-state.js';
export { JOB_TEMPLATE_ATTRIBUTES, type JobTemplate, type JobTemplateAttribute } from './job-template.js';
export {
	CPU_ARCHITECTURES,
	type CpuArchitecture,
	type MachineInfo,
	OPERATING_SYSTEMS,
	type OperatingSystem,
	type QueueInfo,
	type Version,
} from './machine-info.js';
export { HOME_DIR, PARAMETRIC_INDEX, WORKING_DIR } from './placeholders.js';
export type { ResourceUsage } from './resource-usage.js';
