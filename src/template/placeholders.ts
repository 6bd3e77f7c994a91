import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { Drmaa2Error, HOME_DIR, PARAMETRIC_INDEX, WORKING_DIR } from '../drmaa2/index.js';
import type { TaskIndex } from './job-environment.js';

/** The attributes in which placeholders are replaced. */
export type PathAttribute = 'workingDirectory' | 'inputPath' | 'outputPath' | 'errorPath';

/** What the placeholders stand for. A value that is absent has no meaning at this place. */
export interface PlaceholderValues {
	readonly taskId?: TaskIndex | undefined;
	readonly workingDirectory?: string | undefined;
}

/**
 * Replaces the placeholders of a path (GFD.231): the two directories at the beginning only, the index anywhere.
 *
 * @throws Drmaa2Error `InvalidArgument` with `attribute` for a placeholder at a place where it may not stand
 */
export function replacePlaceholders(attribute: PathAttribute, text: string, values: PlaceholderValues): string {
	if (!text.includes('$DRMAA2_')) {
		return text;
	}
	const placeholder = DIRECTORIES.find((candidate) => text.startsWith(candidate));
	// Looked for in what the template says, never in what has been put in: a directory may be called anything.
	const rest = text.slice(placeholder?.length ?? 0);
	const misplaced = DIRECTORIES.find((candidate) => rest.includes(candidate));
	if (misplaced !== undefined) {
		throw refusal(attribute, misplaced, 'may only stand at the beginning: move it there or write the directory out');
	}
	return directory(attribute, placeholder, values) + withIndex(attribute, rest, values.taskId);
}

const DIRECTORIES = [HOME_DIR, WORKING_DIR] as const;

function directory(
	attribute: PathAttribute,
	placeholder: (typeof DIRECTORIES)[number] | undefined,
	values: PlaceholderValues,
): string {
	if (placeholder === HOME_DIR) {
		return homeDirectory(attribute);
	}
	if (placeholder === WORKING_DIR) {
		if (values.workingDirectory === undefined) {
			throw refusal(attribute, WORKING_DIR, 'would stand for itself here: write the directory out');
		}
		return values.workingDirectory;
	}
	return '';
}

function withIndex(attribute: PathAttribute, text: string, taskId: TaskIndex | undefined): string {
	if (!text.includes(PARAMETRIC_INDEX)) {
		return text;
	}
	if (taskId === undefined) {
		throw refusal(attribute, PARAMETRIC_INDEX, 'has a value only in array jobs: remove it or submit an array job');
	}
	return text.replaceAll(PARAMETRIC_INDEX, String(taskId));
}

/** $HOME, else what the password database says; either may be useless, and a guess would be worse. */
function homeDirectory(attribute: PathAttribute): string {
	let home: string;
	try {
		home = homedir();
	} catch (cause) {
		throw refusal(attribute, HOME_DIR, 'has no value, the user has no home directory: set HOME', cause);
	}
	if (!isAbsolute(home)) {
		throw refusal(attribute, HOME_DIR, 'has no value, HOME is not an absolute path: correct HOME');
	}
	return home;
}

function refusal(attribute: PathAttribute, placeholder: string, reason: string, cause?: unknown): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', `${attribute}: the placeholder ${placeholder} ${reason}`, {
		attribute,
		cause,
	});
}
