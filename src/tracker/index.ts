export type {
	ArrayInfo,
	ArrayInfoOptions,
	ArrayRange,
	ArrayUsage,
	EventsOptions,
	JobStateChange,
	JobStateDetail,
	JobTracker,
	JobTrackerEvent,
	SubmitOptions,
	UsageSummary,
	WaitOptions,
} from './job-tracker.js';
export { ProcessTracker } from './process-tracker.js';
export { STATE_CHANNEL } from './state-feed.js';
export type { ProcessTrackerOptions } from './tracker-options.js';
