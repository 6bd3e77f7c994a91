import * as v from 'valibot';
import { Drmaa2Error, JOB_INFO_FILTER_MEMBERS, type JobInfoFilter, JobState } from '../drmaa2/index.js';
import { unknownName } from './unknown-name.js';
import { isPlainObject, kindOf, shown } from './value-kind.js';

const text = v.string((issue) => wrong(issue.input, 'a string', 'pass the text to compare with'));
const count = v.pipe(
	v.number((issue) => wrong(issue.input, 'a number', 'pass a whole number')),
	v.integer((issue) => wrong(issue.input, 'a whole number', 'pass one')),
);
const milliseconds = v.pipe(
	v.number((issue) => wrong(issue.input, 'a number', 'pass milliseconds')),
	v.minValue(0, (issue) => wrong(issue.input, 'a duration', 'pass milliseconds from 0 on')),
);
const instant = v.pipe(
	v.date((issue) => wrong(issue.input, 'a valid Date', 'pass a Date')),
	// A copy: a Date can be changed by whoever else has it.
	v.transform((date) => new Date(date)),
);

const schema = v.object({
	id: v.optional(text),
	exitStatus: v.optional(count),
	terminatingSignal: v.optional(text),
	state: v.optional(v.enum(JobState, (issue) => wrong(issue.input, 'a job state', 'use one of JobState'))),
	subState: v.optional(text),
	allocatedMachines: v.optional(
		v.array(text, (issue) => wrong(issue.input, 'an array of strings', 'put the host names into an array')),
	),
	submissionMachine: v.optional(text),
	jobOwner: v.optional(text),
	slots: v.optional(count),
	queueName: v.optional(text),
	wallclockTime: v.optional(milliseconds),
	cpuTime: v.optional(milliseconds),
	submissionTime: v.optional(instant),
	dispatchTime: v.optional(instant),
	finishTime: v.optional(instant),
} satisfies { [Member in keyof JobInfoFilter]: unknown });

/**
 * Checks a filter and copies it. `annotation` is accepted and not looked at, as the standard has it.
 *
 * @throws Drmaa2Error `InvalidArgument`, or `UnsupportedAttribute` for attributes of a job that cannot be asked for
 */
export function readJobInfoFilter(filter: unknown): JobInfoFilter {
	if (filter === undefined) {
		return {};
	}
	if (!isPlainObject(filter)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`the filter is ${kindOf(filter)} where a plain object is needed: pass { state: "Running" }, or nothing for all jobs`,
			{ attribute: 'filter' },
		);
	}
	const members = Reflect.ownKeys(filter).filter((name) => name !== 'annotation');
	for (const name of members) {
		refuseUnknown(name, filter[String(name)]);
	}
	const result = v.safeParse(schema, { ...filter }, { abortEarly: true });
	if (!result.success) {
		const [member, index] = (result.issues[0].path ?? []).map(({ key }) => key);
		const where = index === undefined ? '' : `[${index}]`;
		throw new Drmaa2Error('InvalidArgument', `filter: ${member}${where} ${result.issues[0].message}`, {
			attribute: String(member),
		});
	}
	return Object.freeze(result.output);
}

/** Attributes of a job's information that no filter has (GFD.231, section 5.5). */
const NOT_COMPARED: ReadonlySet<unknown> = new Set(['resourceUsage', 'extensionList']);
const MEMBERS: ReadonlySet<unknown> = new Set(JOB_INFO_FILTER_MEMBERS);

function refuseUnknown(name: string | symbol, value: unknown): void {
	if (NOT_COMPARED.has(name) && value !== undefined) {
		throw new Drmaa2Error(
			'UnsupportedAttribute',
			`filter: jobs cannot be selected by ${String(name)}: leave it out and look at the jobs that are found`,
			{ attribute: String(name) },
		);
	}
	if (!NOT_COMPARED.has(name) && !MEMBERS.has(name)) {
		throw unknownName('filter member', String(name), JOB_INFO_FILTER_MEMBERS);
	}
}

function wrong(value: unknown, needed: string, remedy: string): string {
	return `is ${shown(value)} where ${needed} is needed: ${remedy}`;
}
