import { Drmaa2Error, JOB_TEMPLATE_ATTRIBUTES } from '../drmaa2/index.js';
import { unknownName } from '../validation/index.js';
import { jobTemplateSchema } from './job-template-schema.js';

/**
 * Copies the attributes that are set and refuses those that do not exist (InvalidArgument) or are not supported
 * (UnsupportedAttribute). A property is read once, so a getter cannot show its second answer to later checks.
 */
export function supportedAttributes(template: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const names = Reflect.ownKeys(template);
	for (const name of names) {
		if (typeof name !== 'string' || !KNOWN.has(name)) {
			throw unknownName('attribute', String(name), JOB_TEMPLATE_ATTRIBUTES);
		}
	}
	const attributes: Record<string, unknown> = {};
	for (const name of names as string[]) {
		const value = template[name];
		if (value !== undefined) {
			refuseUnsupported(name, value);
			attributes[name] = value;
		}
	}
	return attributes;
}

const KNOWN: ReadonlySet<string> = new Set(JOB_TEMPLATE_ATTRIBUTES);
const SUPPORTED: ReadonlySet<string> = new Set(Object.keys(jobTemplateSchema.entries));

/** Wishes that cannot be granted; declining them is no more than what happens anyway. */
const ONLY_FALSE: ReadonlySet<string> = new Set(['rerunnable', 'emailOnStarted', 'emailOnTerminated']);

function refuseUnsupported(name: string, value: unknown): void {
	if (!SUPPORTED.has(name)) {
		throw new Drmaa2Error('UnsupportedAttribute', `attribute ${name} is set but not supported: leave it out`, {
			attribute: name,
		});
	}
	if (value === true && ONLY_FALSE.has(name)) {
		throw new Drmaa2Error(
			'UnsupportedAttribute',
			`attribute ${name} is true, which is not supported: leave it out or set it to false`,
			{ attribute: name },
		);
	}
}
