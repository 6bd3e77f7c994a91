export { type GroupUsage, GroupUsageReader } from './group-usage.js';
export { readMonitorOptions, readNames } from './monitor-arguments.js';
export { MonitorContacts } from './monitor-contacts.js';
export { MonitoredProcess, type ProcessChange, type ProcessMemory } from './monitored-process.js';
export type {
	Monitorer,
	MonitorOptions,
	MonitorSnapshot,
	SampleOptions,
	SnapshotOptions,
	WatchOptions,
} from './monitorer.js';
export { type JobOfSession, type RunningJob, registerSession } from './open-sessions.js';
export { ProcessMonitor } from './process-monitor.js';
