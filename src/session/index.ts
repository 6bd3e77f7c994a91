export type { Job, JobWaitOptions } from './job.js';
export { MonitoringSession } from './monitoring-session.js';
