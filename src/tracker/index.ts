export type { JobStateDetail, JobTracker, WaitOptions } from './job-tracker.js';
export { ProcessTracker } from './process-tracker.js';
export type { ProcessTrackerOptions } from './tracker-options.js';
