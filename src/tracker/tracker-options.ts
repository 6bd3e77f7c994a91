import * as v from 'valibot';
import { Drmaa2Error } from '../drmaa2/index.js';
import { kindOf, unknownName } from '../validation/index.js';

export interface ProcessTrackerOptions {
	/** Upper bound on the running (and suspended) jobs of this tracker; the rest are Queued. Absent: no bound. */
	readonly maxRunning?: number;
	/**
	 * Whether the jobs end with Node, however Node ends: by itself, by `process.exit`, or by SIGKILL. The processes of a
	 * job that has left its process group are not reached. Default: jobs outlive Node.
	 */
	readonly killOnExit?: boolean;
}

/** The bound travels as 32 bits, of which the largest value is "no bound". */
const NO_BOUND = 2 ** 32 - 1;

const maxRunning = v.pipe(
	v.number('is not a number'),
	v.integer('is not a whole number'),
	v.minValue(1, 'is less than 1: no job would ever start'),
	v.maxValue(NO_BOUND, 'is too large: leave it out for no bound'),
);

const optionsSchema = v.object({
	maxRunning: v.optional(maxRunning, NO_BOUND),
	killOnExit: v.optional(v.boolean('is not a boolean: pass true or false'), false),
});

export type TrackerSettings = v.InferOutput<typeof optionsSchema>;

/** @throws Drmaa2Error `InvalidArgument`, with the option as `attribute` */
export function readTrackerOptions(options: unknown): TrackerSettings {
	if (typeof options !== 'object' || options === null) {
		throw new Drmaa2Error('InvalidArgument', `the options are ${kindOf(options)} where an object is needed`);
	}
	for (const name of Object.keys(options)) {
		if (!Object.hasOwn(optionsSchema.entries, name)) {
			throw unknownName('option', name, Object.keys(optionsSchema.entries));
		}
	}
	const result = v.safeParse(optionsSchema, options, { abortEarly: true });
	if (!result.success) {
		const attribute = String(result.issues[0].path?.[0].key);
		throw new Drmaa2Error('InvalidArgument', `option ${attribute} ${result.issues[0].message}`, { attribute });
	}
	return result.output;
}

/** @throws Drmaa2Error `InvalidArgument` */
export function readSessionName(name: unknown): string {
	if (typeof name !== 'string' || name === '' || name.includes('\0')) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`the session name is ${name === '' ? 'empty' : kindOf(name)}: pass a string of at least one character, without NUL`,
			{ attribute: 'sessionName' },
		);
	}
	return name;
}
