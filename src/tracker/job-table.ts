import { ArrayRecord } from './array-record.js';
import { JobRecord } from './job-record.js';
import type { TrackedJob } from './tracked-job.js';
import { notAnArray, unknownJob, wholeArray } from './tracker-errors.js';

/** The jobs and arrays of one tracker that were accepted and not deleted. */
export class JobTable {
	readonly #records = new Map<number, JobRecord | ArrayRecord>();

	add(record: JobRecord | ArrayRecord): void {
		this.#records.set(record.number, record);
	}

	get(number: number): JobRecord | ArrayRecord | undefined {
		return this.#records.get(number);
	}

	/** In the order of submission. An array that took its time to be prepared may have come in late. */
	records(): readonly (JobRecord | ArrayRecord)[] {
		return [...this.#records.values()].sort((a, b) => a.number - b.number);
	}

	/** Those that have a process; of arrays only these tasks are looked at. */
	*active(): Generator<TrackedJob> {
		for (const record of this.#records.values()) {
			if (record instanceof ArrayRecord) {
				yield* record.activeTasks();
			} else if (record.status.kind === 'active') {
				yield record;
			}
		}
	}

	/** A single job, a task or a whole array, by its id. */
	find(id: unknown): TrackedJob | ArrayRecord {
		if (typeof id !== 'string') {
			throw unknownJob(id);
		}
		const [number = '', index] = id.split('.', 2);
		const record = this.#records.get(Number(number));
		const found = index === undefined ? record : record instanceof ArrayRecord ? record.task(Number(index)) : undefined;
		// The comparison of the text: Number() also reads "1.0", " 1" and "0x1".
		if (found === undefined || found.id !== id) {
			throw unknownJob(id);
		}
		return found;
	}

	job(id: unknown): TrackedJob {
		const found = this.find(id);
		if (found instanceof ArrayRecord) {
			throw wholeArray(found);
		}
		return found;
	}

	array(id: unknown): ArrayRecord {
		const found = this.find(id);
		if (!(found instanceof ArrayRecord)) {
			throw notAnArray(found);
		}
		return found;
	}

	/** Forgets a job, a task or an array. With its last task an array is forgotten, too. */
	delete(job: TrackedJob | ArrayRecord): void {
		if (job instanceof ArrayRecord || job instanceof JobRecord) {
			this.#records.delete(job.number);
			return;
		}
		const array = this.#records.get(job.number);
		if (array instanceof ArrayRecord) {
			array.delete(job.task);
			if (array.length === 0) {
				this.#records.delete(array.number);
			}
		}
	}
}
