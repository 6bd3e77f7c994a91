import { EVENT_FIELDS, type EventFacts } from '../native/index.js';
import { type Active, type JobStatus, statusAfterEnd, statusOnceActive, statusOnceLaunchFailed } from './job-status.js';

type Stored = Exclude<JobStatus, { kind: 'waiting' | 'cancelled' }>;

/** What a row holds; a row that was never written holds nothing. */
const KINDS = ['none', 'active', 'finished', 'launchFailed'] as const;

const DISPATCH = EVENT_FIELDS.dispatched;
const FAILURE = EVENT_FIELDS.launchFailed;

/** Of what ended says: the values that 16 bits hold, and the others. The pid is known since the dispatch. */
const END_SMALL = ['statusKnown', 'usageKnown', 'exitStatus', 'signal', 'coreDumped', 'terminated'] as const;
const END_LARGE = EVENT_FIELDS.ended.filter(
	(name): name is LargeField => name !== 'pid' && !(END_SMALL as readonly string[]).includes(name),
);
type EndField = keyof EventFacts<'ended'>;
type LargeField = Exclude<EndField, 'pid' | (typeof END_SMALL)[number]>;

/** Where a value is in a row: what dispatched said, then what ended said. The others use the room of what they lack. */
const END_AT = DISPATCH.length;
const STOP_SIGNAL_AT = DISPATCH.length;
const FAILURE_TIME_AT = FAILURE.length;
const ROW = DISPATCH.length + END_LARGE.length;
const SMALL_ROW = END_SMALL.length;

const ROWS_PER_CHUNK = 512;

interface Chunk {
	readonly kinds: Uint8Array;
	readonly small: Int16Array;
	readonly rows: Float64Array;
}

/**
 * The statuses of tasks that were started, as numbers: 181 bytes each. Memory is taken as tasks come to it, so that an
 * array that has not begun takes none.
 */
export class TaskTable {
	readonly #chunks: Chunk[] = [];
	readonly #rowsPerChunk: number;
	#finishedCount = 0;

	constructor(tasks: number) {
		this.#rowsPerChunk = Math.min(tasks, ROWS_PER_CHUNK);
	}

	get finishedCount(): number {
		return this.#finishedCount;
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
			case 'finished': {
				const dispatch = read(rows, at, DISPATCH);
				const small = read(chunk.small, row * SMALL_ROW, END_SMALL);
				return statusAfterEnd(dispatch, { pid: dispatch.pid, ...small, ...read(rows, at + END_AT, END_LARGE) });
			}
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
				write(chunk.small, row * SMALL_ROW, END_SMALL, status.end);
				write(chunk.rows, at + END_AT, END_LARGE, status.end);
				this.#finishedCount++;
				break;
			case 'launchFailed':
				write(chunk.rows, at, FAILURE, status.failure);
				chunk.rows[at + FAILURE_TIME_AT] = status.failure.time;
		}
	}

	/** Calls `visit` for every task that has finished and whose usage is known, with its values in the given order. */
	forEachUsage(fields: readonly LargeField[], visit: (ordinal: number, values: readonly number[]) => void): void {
		const finished = KINDS.indexOf('finished');
		const usageKnownAt = END_SMALL.indexOf('usageKnown');
		const places = fields.map((name) => END_AT + END_LARGE.indexOf(name));
		// Chunks have gaps between them where an array was begun in the middle; forEach passes them over.
		this.#chunks.forEach(({ kinds, small, rows }, number) => {
			for (let row = 0; row < kinds.length; row++) {
				if (kinds[row] === finished && small[row * SMALL_ROW + usageKnownAt] !== 0) {
					visit(
						number * this.#rowsPerChunk + row,
						places.map((place) => rows[row * ROW + place] ?? 0),
					);
				}
			}
		});
	}

	#chunkFor(ordinal: number): Chunk {
		const number = Math.floor(ordinal / this.#rowsPerChunk);
		let chunk = this.#chunks[number];
		if (chunk === undefined) {
			chunk = {
				kinds: new Uint8Array(this.#rowsPerChunk),
				small: new Int16Array(this.#rowsPerChunk * SMALL_ROW),
				rows: new Float64Array(this.#rowsPerChunk * ROW),
			};
			this.#chunks[number] = chunk;
		}
		return chunk;
	}
}

function active(rows: Float64Array, at: number): Active {
	const stopSignal = rows[at + STOP_SIGNAL_AT] ?? 0;
	return statusOnceActive(read(rows, at, DISPATCH), stopSignal === 0 ? undefined : stopSignal);
}

function read<Field extends string>(
	rows: Float64Array | Int16Array,
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
	rows: Float64Array | Int16Array,
	at: number,
	fields: readonly Field[],
	facts: { readonly [Name in Field]: number },
): void {
	for (let i = 0; i < fields.length; i++) {
		rows[at + i] = facts[fields[i] as Field];
	}
}
