import { type ErrorStream, INDEX_MARK, type InputStream, type LaunchRequest } from './launch-request.js';

/** The request of one task, out of that of its array. */
export function requestOfTask(pattern: LaunchRequest, index: number): LaunchRequest {
	const fill = (text: string) => text.replaceAll(INDEX_MARK, String(index));
	const fillStream = <Stream extends InputStream | ErrorStream>(stream: Stream): Stream =>
		'path' in stream ? { ...stream, path: fill(stream.path) } : stream;
	return {
		...pattern,
		env: pattern.env.map(fill),
		workingDirectory: fill(pattern.workingDirectory),
		stdin: fillStream(pattern.stdin),
		stdout: fillStream(pattern.stdout),
		stderr: fillStream(pattern.stderr),
	};
}
