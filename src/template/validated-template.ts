import * as v from 'valibot';
import { Drmaa2Error, type JobTemplate } from '../drmaa2/index.js';
import { isPlainObject, kindOf } from '../validation/index.js';
import { supportedAttributes } from './attribute-support.js';
import { jobTemplateSchema, type ParsedTemplate } from './job-template-schema.js';

declare const validated: unique symbol;

/** A job template that has been checked: a deep-frozen copy. The mark keeps unchecked templates out at compile time. */
export type ValidatedTemplate = JobTemplate & { readonly [validated]: true };

/**
 * Checks a job template and copies it, so that later changes to the caller's object change nothing. The checks are made
 * in this order: the template's type, unknown attributes, unsupported attributes, values, the job category.
 *
 * @param template what the caller calls a job template
 * @param jobCategories the names of the registered job categories
 * @throws Drmaa2Error `InvalidArgument` or `UnsupportedAttribute`, with `attribute` unless the template is no object
 */
export function validateJobTemplate(template: unknown, jobCategories: readonly string[] = []): ValidatedTemplate {
	if (!isPlainObject(template)) {
		throw new Drmaa2Error(
			'InvalidArgument',
			`the job template is ${kindOf(template)} where a plain object is needed: pass at least { remoteCommand: "…" }`,
		);
	}
	const result = v.safeParse(jobTemplateSchema, supportedAttributes(template), { abortEarly: true });
	if (!result.success) {
		throw invalidValue(result.issues[0]);
	}
	refuseUnknownCategory(result.output.jobCategory, jobCategories);
	return Object.freeze(result.output) as ParsedTemplate as ValidatedTemplate;
}

function invalidValue(issue: v.InferIssue<typeof jobTemplateSchema>): Drmaa2Error {
	const [attribute, member] = (issue.path ?? []).map((step) => step.key);
	const where = member === undefined ? '' : typeof member === 'number' ? `[${member}]` : `[${JSON.stringify(member)}]`;
	return new Drmaa2Error('InvalidArgument', `${attribute}${where} ${issue.message}`, { attribute: String(attribute) });
}

function refuseUnknownCategory(category: string | undefined, registered: readonly string[]): void {
	if (category === undefined || registered.includes(category)) {
		return;
	}
	const choice = registered.length === 0 ? 'none is registered' : `registered are ${registered.join(', ')}`;
	throw new Drmaa2Error(
		'InvalidArgument',
		`jobCategory is ${JSON.stringify(category)}, which is no registered category (${choice}): leave it out or register it`,
		{ attribute: 'jobCategory' },
	);
}
