import { truncate } from 'node:fs/promises';
import { errnoOf, statOrErrno } from './file-errno.js';
import type { ErrorStream, LaunchRequest } from './launch-request.js';
import type { LaunchFailure, LaunchStage } from './launch-stage.js';

/**
 * Empties the output files that all tasks of an array share, before the first of them starts: any task that did so later
 * would take away what others have written. Only regular files that exist are touched.
 *
 * @returns the failure, as the launcher would report it, or nothing
 */
export async function emptySharedOutputs(request: LaunchRequest): Promise<LaunchFailure | undefined> {
	for (const stage of ['stdout', 'stderr'] as const) {
		const failure = await empty(request[stage], stage);
		if (failure !== undefined) {
			return failure;
		}
	}
	return undefined;
}

async function empty(stream: ErrorStream, stage: LaunchStage): Promise<LaunchFailure | undefined> {
	if (stream.kind !== 'append') {
		return undefined;
	}
	const facts = await statOrErrno(stream.path);
	if (typeof facts === 'string' || !facts.isFile() || facts.size === 0n) {
		return undefined;
	}
	try {
		await truncate(stream.path);
		return undefined;
	} catch (error) {
		return { stage, errno: errnoOf(error) };
	}
}
