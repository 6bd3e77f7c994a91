import type { Drmaa2Error } from '../drmaa2/index.js';
import type { LaunchRequest } from '../template/index.js';
import type { JobRecord } from './job-record.js';
import type { JobStatus } from './job-status.js';
import { withResolvers } from './with-resolvers.js';

export type Refusal = () => Drmaa2Error;

/** A job between addJob's call and its answer. */
export class Submission {
	readonly record: JobRecord;
	readonly request: LaunchRequest;
	/**
	 * Resolves to nothing when the job is accepted, otherwise to what makes the error: it is made where addJob throws it, so
	 * that its stack shows the caller.
	 */
	readonly answer: Promise<Refusal | undefined>;
	readonly #settle: (refusal: Refusal | undefined) => void;
	#waits = false;

	constructor(record: JobRecord, request: LaunchRequest) {
		this.record = record;
		this.request = request;
		const { promise, resolve } = withResolvers<Refusal | undefined>();
		this.answer = promise;
		this.#settle = resolve;
	}

	accept(): void {
		this.#settle(undefined);
	}

	refuse(refusal: Refusal): void {
		this.#settle(refusal);
	}

	/** The engine has told of the job. `admit` decides over a job that waits, and is called once. */
	begin(status: JobStatus, admit: () => Promise<void>): void {
		if (status.kind !== 'waiting') {
			this.accept();
		} else if (!this.#waits) {
			this.#waits = true;
			void admit();
		}
	}
}
