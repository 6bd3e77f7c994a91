import { PROCESS_COLUMNS, type ProcessColumn, type ProcessColumns } from '../native/index.js';

const WIDTH = PROCESS_COLUMNS.length;
const COLUMN = Object.fromEntries(PROCESS_COLUMNS.map((name, index) => [name, index])) as Record<ProcessColumn, number>;

type TextColumn = 'name' | 'command' | 'directory';

/**
 * What was read of many processes in one pass. Values are taken out when somebody asks for them: thousands of
 * processes cost the main thread next to nothing until then.
 */
export class ProcessTable {
	/** The number of processes. */
	readonly length: number;
	/** Milliseconds that the wall clock is ahead of the clock by which processes are timed. */
	readonly realtimeAhead: number;
	readonly #columns: ProcessColumns;
	readonly #bytes: Buffer;
	readonly #users: ReadonlyMap<number, string>;
	/** Where the text of a process begins; found out when the first text is asked for. */
	#textOf: Float64Array | undefined;

	constructor(columns: ProcessColumns) {
		const { numbers, text, uids, users } = columns;
		this.#columns = columns;
		this.length = numbers.length / WIDTH;
		this.realtimeAhead = columns.realtimeAhead;
		this.#bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
		this.#users = new Map(uids.map((uid, index) => [uid, users[index] ?? String(uid)]));
	}

	/** A number as the reader gave it; see native/procfs/process_table.h. */
	number(row: number, column: ProcessColumn): number {
		return this.#columns.numbers[row * WIDTH + COLUMN[column]] ?? Number.NaN;
	}

	/** A number, or nothing when it is not known. */
	known(row: number, column: ProcessColumn): number | undefined {
		const value = this.number(row, column);
		return value < 0 ? undefined : value;
	}

	/** A text, or nothing when it may not be read. Bytes that are no UTF-8 become U+FFFD. */
	text(row: number, column: TextColumn): string | undefined {
		if (this.number(row, `${column}Length`) < 0) {
			return undefined;
		}
		this.#textOf ??= this.#textBegins();
		let begin = this.#textOf[row] ?? 0;
		for (const before of TEXT_ORDER.slice(0, TEXT_ORDER.indexOf(column))) {
			begin += this.#sizeOf(row, before);
		}
		return this.#bytes.toString('utf8', begin, begin + this.#sizeOf(row, column));
	}

	/** The name of the owner. */
	user(row: number): string {
		const uid = this.number(row, 'uid');
		return this.#users.get(uid) ?? String(uid);
	}

	/** The numbers of the processors it may run on, or nothing when they may not be read. */
	processors(row: number): string | undefined {
		const index = this.known(row, 'processors');
		return index === undefined ? undefined : this.#columns.processors[index];
	}

	#textBegins(): Float64Array {
		const begins = new Float64Array(this.length);
		let end = 0;
		for (let row = 0; row < this.length; row++) {
			begins[row] = end;
			end += this.#sizeOf(row, 'name') + this.#sizeOf(row, 'command') + this.#sizeOf(row, 'directory');
		}
		return begins;
	}

	#sizeOf(row: number, column: TextColumn): number {
		return Math.max(0, this.number(row, `${column}Length`));
	}
}

const TEXT_ORDER: readonly TextColumn[] = ['name', 'command', 'directory'];
