import { checkArgumentSize } from './argument-size.js';
import { type EnvironmentContext, jobEnvironment } from './job-environment.js';
import { workingDirectory } from './job-paths.js';
import { jobStreams } from './job-streams.js';
import type { LaunchRequest } from './launch-request.js';
import type { ValidatedTemplate } from './validated-template.js';

/**
 * Turns a template into what the launcher starts: placeholders replaced, paths absolute, environment merged. Reads no
 * file and changes nothing.
 *
 * @throws Drmaa2Error `InvalidArgument` with `attribute` when attributes cannot be meant together, a placeholder is
 * misplaced, or arguments and environment are too large
 */
export function resolveLaunchRequest(template: ValidatedTemplate, context: EnvironmentContext): LaunchRequest {
	const { remoteCommand } = template;
	const directory = workingDirectory(template.workingDirectory, context.taskId);
	const streams = jobStreams(template, directory, context.taskId);
	const { env, inherit, searchPath = DEFAULT_PATH } = jobEnvironment(template, context);
	const argv = [remoteCommand, ...(template.args ?? [])];
	checkArgumentSize(argv, env);
	return {
		path: remoteCommand,
		...(remoteCommand.includes('/') ? undefined : { searchPath }),
		argv,
		env,
		...(inherit !== undefined && { inherit }),
		workingDirectory: directory,
		...streams,
	};
}

/** Only for an environment without PATH; an empty one is kept and means the working directory (POSIX, XBD 8.3). */
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';
