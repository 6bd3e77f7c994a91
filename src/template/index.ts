export type { EnvironmentContext } from './job-environment.js';
export { launchError } from './launch-error.js';
export {
	type AppendStream,
	type ErrorStream,
	type FileStream,
	INDEX_MARK,
	type InputStream,
	type LaunchRequest,
	type NullStream,
	type OutputStream,
	type SharedStream,
	type TrackerStream,
} from './launch-request.js';
export { LAUNCH_STAGES, type LaunchFailure, type LaunchStage, launchSubState } from './launch-stage.js';
export { preflight } from './preflight.js';
export { resolveLaunchRequest } from './resolve-launch-request.js';
export { emptySharedOutputs } from './shared-output.js';
export { requestOfTask } from './task-request.js';
export { type ValidatedTemplate, validateJobTemplate } from './validated-template.js';
