import type { INDEX_MARK, InheritedEnvironment } from './launch-request.js';
import { isProcessEnvironment } from './process-environment.js';
import type { ValidatedTemplate } from './validated-template.js';

/** The index of an array task, or what stands for it in the request of the whole array. */
export type TaskIndex = number | typeof INDEX_MARK;

/** What a job is told about itself, and what it inherits. */
export interface EnvironmentContext {
	/** The id of the job or task. */
	readonly jobId: string;
	/** The index of an array task, or the mark that stands for that of any; absent for single jobs. */
	readonly taskId?: TaskIndex;
	/**
	 * The environment to inherit. `process.env` itself is not read here, which would take longer than all the rest: the addon
	 * takes the environment of the process as it is.
	 */
	readonly baseEnvironment: Readonly<Record<string, string | undefined>>;
}

/** The environment of a job, as the launcher and the search for the program need it. */
export interface JobEnvironment {
	/** Variables as `NAME=value`, each name once: all of them, or those beside the inherited ones. */
	readonly env: readonly string[];
	readonly inherit?: InheritedEnvironment;
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
	const ownEntries = [...own].map(([name, value]) => `${name}=${value}`);
	const searchPath = own.get('PATH') ?? baseEnvironment['PATH'];
	if (isProcessEnvironment(baseEnvironment)) {
		return { env: ownEntries, inherit: { except: [...OF_ARRAY_TASKS, ...own.keys()] }, searchPath };
	}
	const inherited = Object.keys(baseEnvironment)
		.filter((name) => baseEnvironment[name] !== undefined && !own.has(name) && !OF_ARRAY_TASKS.has(name))
		.map((name) => `${name}=${baseEnvironment[name]}`);
	return { env: [...inherited, ...ownEntries], searchPath };
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
