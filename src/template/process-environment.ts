import { isMainThread } from 'node:worker_threads';

/** A worker thread has an environment of its own; and a program may have put another object in this place. */
const ORIGINAL = isMainThread ? process.env : undefined;

/** Whether the object is the environment of this process itself, rather than a copy of one. */
export function isProcessEnvironment(environment: object): boolean {
	return environment === ORIGINAL;
}
