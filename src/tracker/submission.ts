import type { LaunchRequest } from '../template/index.js';
import type { JobRecord } from './job-record.js';
import { hasEnded, type JobStatus } from './job-status.js';
import { withResolvers } from './with-resolvers.js';

/** Makes the reason of a rejection. */
export type Refusal = () => unknown;

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
	#accepted = false;
	#abandoned: Refusal | undefined;

	constructor(record: JobRecord, request: LaunchRequest) {
		this.record = record;
		this.request = request;
		const { promise, resolve } = withResolvers<Refusal | undefined>();
		this.answer = promise;
		this.#settle = resolve;
	}

	/** From then on the job exists for its user. */
	get isAccepted(): boolean {
		return this.#accepted;
	}

	accept(): void {
		if (this.#abandoned === undefined) {
			this.#accepted = true;
			this.#settle(undefined);
		}
	}

	refuse(refusal: Refusal): void {
		this.#settle(this.#abandoned ?? refusal);
	}

	/** From now on it is refused, but not before its end is known. */
	abandon(refusal: Refusal): void {
		this.#abandoned ??= refusal;
	}

	/** The status has changed. `admit` decides over a job that waits, and is called once. */
	follow(status: JobStatus, admit: () => Promise<void>): void {
		if (this.#abandoned !== undefined) {
			if (hasEnded(status)) {
				this.refuse(this.#abandoned);
			}
		} else if (status.kind !== 'waiting') {
			this.accept();
		} else if (!this.#waits) {
			this.#waits = true;
			void admit();
		}
	}
}
