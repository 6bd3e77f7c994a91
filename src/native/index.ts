export { EngineQueue, type JobEvent, type QueueOptions } from './engine.js';
export type { ControlResult, EngineEvent, EngineEventOf } from './event.js';
