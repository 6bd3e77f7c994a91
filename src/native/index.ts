export {
	type ControlOutcome,
	EngineQueue,
	type JobEvent,
	type QueueOptions,
	type RefusedTasks,
	type TaskNumbers,
} from './engine.js';
export { type ControlResult, type EngineEvent, type EngineEventOf, EVENT_FIELDS, type EventFacts } from './event.js';
export { readMachine, readProcesses } from './procfs.js';
export {
	type MachineFacts,
	PROCESS_COLUMNS,
	type ProcessColumn,
	type ProcessColumns,
	type ProcessPart,
} from './procfs-layout.js';
