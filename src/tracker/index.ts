export type { JobStateDetail, JobTracker, SubmitOptions, WaitOptions } from './job-tracker.js';
export { ProcessTracker } from './process-tracker.js';
export type { ProcessTrackerOptions } from './tracker-options.js';
