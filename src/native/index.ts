export { EngineQueue, type JobEvent, type QueueOptions } from './engine.js';
export type { ControlResult, EngineEvent, EngineEventOf } from './event.js';
export { readMachine, readProcesses } from './procfs.js';
export {
	type MachineFacts,
	PROCESS_COLUMNS,
	type ProcessColumn,
	type ProcessColumns,
	type ProcessPart,
} from './procfs-layout.js';
