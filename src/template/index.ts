export type { EnvironmentContext } from './job-environment.js';
export { launchError } from './launch-error.js';
export type {
	ErrorStream,
	FileStream,
	InputStream,
	LaunchRequest,
	NullStream,
	OutputStream,
	SharedStream,
	TrackerStream,
} from './launch-request.js';
export { LAUNCH_STAGES, type LaunchFailure, type LaunchStage, launchSubState } from './launch-stage.js';
export { preflight } from './preflight.js';
export { resolveLaunchRequest } from './resolve-launch-request.js';
export { type ValidatedTemplate, validateJobTemplate } from './validated-template.js';
