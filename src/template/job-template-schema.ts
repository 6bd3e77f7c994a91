import * as v from 'valibot';
import type { JobTemplate } from '../drmaa2/index.js';
import { environment } from './environment-schema.js';
import { path, text, wrongKind } from './text-schema.js';

const flag = v.boolean((issue) => wrongKind(issue.input, 'a boolean', 'pass true or false'));

const argumentList = v.pipe(
	// By index and therefore without gaps: a hole of a sparse array is read as undefined and refused.
	v.array(text, (issue) => wrongKind(issue.input, 'an array of strings', 'put the arguments into an array')),
	v.transform((list): readonly string[] => Object.freeze(list)),
);

/**
 * The attributes that are supported, and the values they may have. Its output is a copy that shares no object with the
 * input. Other attributes must have been refused before: this schema does not look at them.
 */
export const jobTemplateSchema = v.object(
	{
		remoteCommand: v.pipe(text, v.nonEmpty('is an empty string: name the program to execute')),
		args: v.optional(argumentList),
		submitAsHold: v.optional(flag),
		rerunnable: v.optional(flag),
		jobEnvironment: v.optional(environment),
		workingDirectory: v.optional(path),
		jobCategory: v.optional(text),
		emailOnStarted: v.optional(flag),
		emailOnTerminated: v.optional(flag),
		jobName: v.optional(text),
		inputPath: v.optional(path),
		outputPath: v.optional(path),
		errorPath: v.optional(path),
		joinFiles: v.optional(flag),
	} satisfies { [Attribute in keyof JobTemplate]: unknown },
	// All other attributes may be absent, so this speaks of remoteCommand.
	'is missing: name the program to execute',
);

/** What the schema makes of a template. */
export type ParsedTemplate = v.InferOutput<typeof jobTemplateSchema>;
