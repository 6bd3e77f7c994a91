import { getSystemErrorName } from 'node:util';
import type { EventFacts } from '../native/index.js';
import { LAUNCH_STAGES, type LaunchFailure } from '../template/index.js';

/** The names of the stage and the error in an event of the engine. */
export function launchFailureOf(event: EventFacts<'launchFailed'>): LaunchFailure {
	// Stage 0 is no failure; the names begin at 1.
	return { stage: LAUNCH_STAGES[event.stage - 1] ?? 'request', errno: getSystemErrorName(-event.errno) };
}
