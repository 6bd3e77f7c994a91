import { EVENT_FIELDS, type EventFacts } from '../native/index.js';
import { type Active, type JobStatus, statusAfterEnd, statusOnceActive, statusOnceLaunchFailed } from './job-status.js';

type Stored = Exclude<JobStatus, { kind: 'waiting' | 'cancelled' }>;

/** What a row holds; a row that was never written holds nothing. */
const KINDS = ['none', 'active', 'finished', 'launchFailed'] as const;

const DISPATCH = EVENT_FIELDS.dispatched;
const END = EVENT_FIELDS.ended;
const FAILURE = EVENT_FIELDS.launchFailed;

/** Where a value is in a row: what dispatched said, then what ended said. The others use the room of what they lack. */
const END_AT = DISPATCH.length;
const STOP_SIGNAL_AT = DISPATCH.length;
const FAILURE_TIME_AT = FAILURE.length;
const ROW = DISPATCH.length + END.length;

const ROWS_PER_CHUNK = 512;

interface Chunk {
	readonly kinds: Uint8Array;
	readonly rows: Float64Array;
}

/**
 * The statuses of tasks that were started, as numbers: 225 bytes each. Memory is taken as tasks come to it, so that an
 * array that has not begun takes none.
 */
export class TaskTable {
	readonly #chunks: Chunk[] = [];
	readonly #rowsPerChunk: number;

	constructor(tasks: number) {
		this.#rowsPerChunk = Math.min(tasks, ROWS_PER_CHUNK);
	}

	get(ordinal: number): Stored | undefined {
		const chunk = this.#chunks[Math.floor(ordinal / this.#rowsPerChunk)];
		if (chunk === undefined) {
			return undefined;
		}
		const row = ordinal % this.#rowsPerChunk;
		const { rows } = chunk;
		const at = row * ROW;
		switch (KINDS[chunk.kinds[row] ?? 0]) {
			case 'active':
				return active(rows, at);
			case 'finished':
				return statusAfterEnd(read(rows, at, DISPATCH), read(rows, at + END_AT, END));
			case 'launchFailed':
				return statusOnceLaunchFailed({ ...read(rows, at, FAILURE), time: rows[at + FAILURE_TIME_AT] ?? 0 });
			default:
				return undefined;
		}
	}

	set(ordinal: number, status: Stored): void {
		const chunk = this.#chunkFor(ordinal);
		const row = ordinal % this.#rowsPerChunk;
		const at = row * ROW;
		chunk.kinds[row] = KINDS.indexOf(status.kind);
		switch (status.kind) {
			case 'active':
				write(chunk.rows, at, DISPATCH, status.dispatch);
				chunk.rows[at + STOP_SIGNAL_AT] = status.stopSignal ?? 0;
				break;
			case 'finished':
				write(chunk.rows, at, DISPATCH, status.dispatch);
				write(chunk.rows, at + END_AT, END, status.end);
				break;
			case 'launchFailed':
				write(chunk.rows, at, FAILURE, status.failure);
				chunk.rows[at + FAILURE_TIME_AT] = status.failure.time;
		}
	}

	/** Calls `visit` for every task that has finished, with access to what `ended` said of it. */
	forEachFinished(visit: (ordinal: number, field: (name: keyof EventFacts<'ended'>) => number) => void): void {
		const finished = KINDS.indexOf('finished');
		// Not a list of its chunks: an array that was begun in the middle has gaps.
		this.#chunks.forEach(({ kinds, rows }, number) => {
			for (let row = 0; row < kinds.length; row++) {
				if (kinds[row] === finished) {
					const at = row * ROW + END_AT;
					visit(number * this.#rowsPerChunk + row, (name) => rows[at + (END_FIELD.get(name) ?? 0)] ?? 0);
				}
			}
		});
	}

	#chunkFor(ordinal: number): Chunk {
		const number = Math.floor(ordinal / this.#rowsPerChunk);
		let chunk = this.#chunks[number];
		if (chunk === undefined) {
			chunk = { kinds: new Uint8Array(this.#rowsPerChunk), rows: new Float64Array(this.#rowsPerChunk * ROW) };
			this.#chunks[number] = chunk;
		}
		return chunk;
	}
}

const END_FIELD: ReadonlyMap<string, number> = new Map(END.map((name, position) => [name, position]));

function active(rows: Float64Array, at: number): Active {
	const stopSignal = rows[at + STOP_SIGNAL_AT] ?? 0;
	return statusOnceActive(read(rows, at, DISPATCH), stopSignal === 0 ? undefined : stopSignal);
}

function read<Field extends string>(
	rows: Float64Array,
	at: number,
	fields: readonly Field[],
): { readonly [Name in Field]: number } {
	const facts: Partial<Record<Field, number>> = {};
	for (let i = 0; i < fields.length; i++) {
		facts[fields[i] as Field] = rows[at + i] ?? 0;
	}
	return facts as Record<Field, number>;
}

function write<Field extends string>(
	rows: Float64Array,
	at: number,
	fields: readonly Field[],
	facts: { readonly [Name in Field]: number },
): void {
	for (let i = 0; i < fields.length; i++) {
		rows[at + i] = facts[fields[i] as Field];
	}
}
