import { type Channel, channel } from 'node:diagnostics_channel';
import type { JobStateChange, JobTrackerEvent } from './job-tracker.js';
import { withResolvers } from './with-resolvers.js';

/** The name of the diagnostics channel on which every change of a job's state is published. */
export const STATE_CHANNEL = 'os-process-tracker:job:state';

/** What a reader may be behind; what comes before that is dropped, and the reader told how much it was. */
const MOST_WAITING = 65_536;

/** Where the changes of all jobs of one tracker are told to those who read them. Costs nothing while nobody does. */
export class StateFeed {
	readonly #channel: Channel = channel(STATE_CHANNEL);
	readonly #sessionName: string;
	readonly #readers = new Set<StateReader>();

	constructor(sessionName: string) {
		this.#sessionName = sessionName;
	}

	get isRead(): boolean {
		return this.#readers.size > 0 || this.#channel.hasSubscribers;
	}

	tell(change: JobStateChange): void {
		for (const reader of this.#readers) {
			reader.add(change);
		}
		if (this.#channel.hasSubscribers) {
			this.#channel.publish({ sessionName: this.#sessionName, ...change });
		}
	}

	/** The same for many jobs at once. Without a subscriber only as many are made as a reader can keep. */
	tellRun(count: number, changeAt: (position: number) => JobStateChange): void {
		const skipped = this.#channel.hasSubscribers ? 0 : Math.max(0, count - MOST_WAITING);
		for (const reader of this.#readers) {
			reader.skip(skipped);
		}
		for (let position = skipped; position < count; position++) {
			this.tell(changeAt(position));
		}
	}

	/** Reads from now on. `keepAlive` is held while the reader waits. */
	read(signal: AbortSignal | undefined, keepAlive: () => Disposable): AsyncIterableIterator<JobTrackerEvent> {
		const reader = new StateReader(keepAlive);
		this.#readers.add(reader);
		const abort = () => reader.end(signal?.reason);
		signal?.addEventListener('abort', abort, { once: true });
		reader.onEnd = () => {
			this.#readers.delete(reader);
			signal?.removeEventListener('abort', abort);
		};
		return reader;
	}

	/** No reader gets anything beyond what it has not read yet. */
	close(): void {
		for (const reader of this.#readers) {
			reader.end();
		}
	}
}

interface PendingRead {
	resolve(result: IteratorResult<JobTrackerEvent, undefined>): void;
	reject(reason: unknown): void;
}

class StateReader implements AsyncIterableIterator<JobTrackerEvent> {
	onEnd: () => void = () => {};
	readonly #keepAlive: () => Disposable;
	/** A ring: the oldest is at #oldest. */
	readonly #waiting: (JobStateChange | undefined)[] = [];
	#oldest = 0;
	#count = 0;
	#dropped = 0;
	readonly #reads: PendingRead[] = [];
	#alive: Disposable | undefined;
	#ended = false;
	#reason: unknown;

	constructor(keepAlive: () => Disposable) {
		this.#keepAlive = keepAlive;
	}

	add(change: JobStateChange): void {
		this.#waiting[(this.#oldest + this.#count) % MOST_WAITING] = change;
		if (this.#count < MOST_WAITING) {
			this.#count++;
		} else {
			this.#oldest = (this.#oldest + 1) % MOST_WAITING;
			this.#dropped++;
		}
		this.#serve();
	}

	/** So many changes are not told, and with them all that are older. */
	skip(count: number): void {
		if (count > 0) {
			this.#dropped += count + this.#count;
			this.#waiting.length = 0;
			this.#oldest = 0;
			this.#count = 0;
		}
	}

	/** With a reason: reading rejects with it, once. */
	end(reason?: unknown): void {
		if (this.#ended) {
			return;
		}
		this.#ended = true;
		this.#reason = reason;
		this.onEnd();
		for (const read of this.#reads.splice(0)) {
			this.#finish(read);
		}
		this.#release();
	}

	next(): Promise<IteratorResult<JobTrackerEvent, undefined>> {
		const { promise, ...read } = withResolvers<IteratorResult<JobTrackerEvent, undefined>>();
		const event = this.#reason === undefined ? this.#take() : undefined;
		if (event !== undefined) {
			read.resolve({ value: event, done: false });
		} else if (this.#ended) {
			this.#finish(read);
		} else {
			this.#alive ??= this.#keepAlive();
			this.#reads.push(read);
		}
		return promise;
	}

	async return(): Promise<IteratorResult<JobTrackerEvent, undefined>> {
		this.end();
		this.#count = 0;
		this.#dropped = 0;
		return { value: undefined, done: true };
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	/** Gives what waits to those who have asked. */
	#serve(): void {
		while (this.#reads.length > 0) {
			const event = this.#take();
			if (event === undefined) {
				return;
			}
			this.#reads.shift()?.resolve({ value: event, done: false });
			this.#release();
		}
	}

	#take(): JobTrackerEvent | undefined {
		if (this.#dropped > 0) {
			const dropped = this.#dropped;
			this.#dropped = 0;
			return { kind: 'lagged', dropped };
		}
		const change = this.#count === 0 ? undefined : this.#waiting[this.#oldest];
		if (change === undefined) {
			return undefined;
		}
		this.#waiting[this.#oldest] = undefined;
		this.#oldest = (this.#oldest + 1) % MOST_WAITING;
		this.#count--;
		return { kind: 'state', ...change };
	}

	#finish(read: PendingRead): void {
		if (this.#reason === undefined) {
			read.resolve({ value: undefined, done: true });
		} else {
			read.reject(this.#reason);
			this.#reason = undefined;
			this.#count = 0;
			this.#dropped = 0;
		}
	}

	#release(): void {
		if (this.#reads.length === 0) {
			this.#alive?.[Symbol.dispose]();
			this.#alive = undefined;
		}
	}
}
