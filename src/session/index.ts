export type { Job } from './job.js';
export { MonitoringSession } from './monitoring-session.js';
