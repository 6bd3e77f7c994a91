import {
	emptySharedOutputs,
	INDEX_MARK,
	type LaunchRequest,
	launchError,
	preflight,
	resolveLaunchRequest,
	type ValidatedTemplate,
} from '../template/index.js';

/** The request for all tasks of an array; INDEX_MARK stands where the index belongs. */
export function resolveArrayRequest(template: ValidatedTemplate, arrayId: string): LaunchRequest {
	return resolveLaunchRequest(template, {
		jobId: `${arrayId}.${INDEX_MARK}`,
		taskId: INDEX_MARK,
		baseEnvironment: process.env,
	});
}

/**
 * Prepares what the tasks share: checks it, then empties their common output files. What `check` throws in between keeps
 * the files whole.
 *
 * @throws Drmaa2Error when no task could ever start
 */
export async function prepareArray(pattern: LaunchRequest, arrayId: string, check: () => void): Promise<void> {
	const failure = await preflight(pattern);
	check();
	const trouble = failure ?? (await emptySharedOutputs(pattern));
	if (trouble !== undefined) {
		throw launchError(trouble, pattern, arrayId);
	}
	check();
}
