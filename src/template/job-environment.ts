import type { ValidatedTemplate } from './validated-template.js';

/** What a job is told about itself, and what it inherits. */
export interface EnvironmentContext {
	/** The id of the job; that of the array for its tasks. */
	readonly jobId: string;
	/** The index of an array task; absent for single jobs. */
	readonly taskId?: number;
	/** The environment to inherit: a copy of `process.env`, which itself is slow to read for every job. */
	readonly baseEnvironment: Readonly<Record<string, string | undefined>>;
}

/** The environment of a job, as the launcher and the search for the program need it. */
export interface JobEnvironment {
	/** All variables, as `NAME=value`, each name once. */
	readonly env: readonly string[];
	/** The value of `PATH`; absent when the job has none. */
	readonly searchPath: string | undefined;
}

/**
 * The environment of a job: that of the tracker, over it the template's, over it `JOB_ID` and, for array tasks,
 * `TASK_ID` and `DRMAA_INDEX_VAR` (the name of the variable with the index).
 */
export function jobEnvironment(template: ValidatedTemplate, context: EnvironmentContext): JobEnvironment {
	const { baseEnvironment } = context;
	const own = ownVariables(template, context);
	const env: string[] = [];
	// Most variables are inherited and there is one list per job: no table of them all is built.
	for (const name of Object.keys(baseEnvironment)) {
		const value = baseEnvironment[name];
		if (value !== undefined && !own.has(name) && !OF_ARRAY_TASKS.has(name)) {
			env.push(`${name}=${value}`);
		}
	}
	for (const [name, value] of own) {
		env.push(`${name}=${value}`);
	}
	return { env, searchPath: own.get('PATH') ?? baseEnvironment['PATH'] };
}

/** Never inherited: a tracker that is itself an array task must not make its jobs believe that they are one. */
const OF_ARRAY_TASKS: ReadonlySet<string> = new Set(['TASK_ID', 'DRMAA_INDEX_VAR']);

function ownVariables(template: ValidatedTemplate, context: EnvironmentContext): ReadonlyMap<string, string> {
	const own = new Map(Object.entries(template.jobEnvironment ?? {}));
	own.set('JOB_ID', context.jobId);
	if (context.taskId !== undefined) {
		own.set('TASK_ID', String(context.taskId));
		own.set('DRMAA_INDEX_VAR', 'TASK_ID');
	}
	return own;
}
