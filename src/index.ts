export {
	DRMAA2_ERROR_CODES,
	Drmaa2Error,
	type Drmaa2ErrorCode,
	type Drmaa2ErrorDetails,
	HOME_DIR,
	JOB_CONTROL_ACTIONS,
	JOB_TEMPLATE_ATTRIBUTES,
	type JobControlAction,
	type JobInfo,
	JobState,
	type JobTemplate,
	type JobTemplateAttribute,
	PARAMETRIC_INDEX,
	type ResourceUsage,
	WORKING_DIR,
} from './drmaa2/index.js';
export {
	type JobStateDetail,
	type JobTracker,
	ProcessTracker,
	type ProcessTrackerOptions,
	type WaitOptions,
} from './tracker/index.js';
