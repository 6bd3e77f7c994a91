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
export { isQueued, isStarted, isTerminated, JobState } from './job-state.js';
export { JOB_TEMPLATE_ATTRIBUTES, type JobTemplate, type JobTemplateAttribute } from './job-template.js';
export { HOME_DIR, PARAMETRIC_INDEX, WORKING_DIR } from './placeholders.js';
export type { ResourceUsage } from './resource-usage.js';
