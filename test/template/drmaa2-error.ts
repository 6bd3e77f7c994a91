import assert from 'node:assert/strict';
import { Drmaa2Error, type Drmaa2ErrorCode } from '../../src/drmaa2/index.js';

/** What a refusal must be: nothing is asserted of facts that are not named. */
export interface Expected {
	readonly code?: Drmaa2ErrorCode;
	readonly attribute?: string | undefined;
	readonly message: RegExp;
	readonly errno?: string;
	readonly path?: string;
}

/** For assert.throws and assert.rejects; the code is InvalidArgument unless told otherwise. */
export function drmaa2Error(expected: Expected): (error: unknown) => true {
	return (error) => {
		assert.ok(error instanceof Drmaa2Error, `${error}`);
		const { message, ...facts } = { code: 'InvalidArgument', ...expected };
		assert.match(error.message, message);
		for (const [name, value] of Object.entries(facts)) {
			assert.equal(Reflect.get(error, name), value, `${name} of: ${error.message}`);
		}
		return true;
	};
}
