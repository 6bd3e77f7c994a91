export {
	type ControlOutcome,
	EngineQueue,
	type JobEvent,
	type QueueOptions,
	type RefusedTasks,
	type TaskNumbers,
} from './engine.js';
export { type ControlResult, type EngineEvent, type EngineEventOf, EVENT_FIELDS, type EventFacts } from './event.js';
