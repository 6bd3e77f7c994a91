import type { LaunchRequest } from '../template/index.js';
import { type NativeEngine, startNativeEngine } from './addon.js';
import {
	CONTROL_ACTIONS,
	CONTROL_RESULTS,
	type ControlAction,
	type ControlResult,
	decodeEvents,
	type EngineEvent,
	type EngineEventOf,
} from './event.js';

/** The events of jobs; the answers to control requests are handled here. */
export type JobEvent = Exclude<EngineEvent, { kind: 'controlDone' | 'refused' }>;

/** The tasks of an array, by their indices. */
export interface TaskNumbers {
	readonly begin: number;
	readonly end: number;
	readonly step: number;
	/** Upper bound on the tasks of the array that run at once. */
	readonly maxParallel: number;
}

/** Tasks, by their first and last index, to which an action on their whole array did not apply. */
export interface RefusedTasks {
	readonly first: number;
	readonly last: number;
	readonly result: Exclude<ControlResult, 'done'>;
}

export interface ControlOutcome {
	readonly result: ControlResult;
	/** Of whole arrays, in the order of the indices. */
	readonly refused: readonly RefusedTasks[];
}

export interface QueueOptions {
	/** Upper bound on the jobs that run at once. */
	readonly maxRunning: number;
	/** Whether the jobs end when Node ends, however it ends. */
	readonly killOnExit: boolean;
	readonly onEvent: (event: JobEvent) => void;
}

/**
 * One tracker's share of the engine. All queues of a thread share one engine, which is started with the first of them.
 * The engine lets Node end unless somebody has asked for it to be kept alive.
 */
export class EngineQueue {
	readonly #id: number;
	readonly #engine: SharedEngine;

	/** @throws Drmaa2Error when the engine cannot be started */
	constructor(options: QueueOptions) {
		this.#engine = sharedEngine();
		this.#id = this.#engine.open(options);
	}

	/** Hands a job over. What comes of it comes as events. */
	submit(job: number, request: LaunchRequest, held: boolean): void {
		this.#engine.native.submit(this.#id, job, request, held);
	}

	/** Hands an array over; what of its request differs from task to task is marked. */
	submitArray(job: number, request: LaunchRequest, tasks: TaskNumbers, held: boolean): void {
		const { begin, end, step, maxParallel } = tasks;
		this.#engine.native.submitArray(this.#id, job, request, begin, end, step, maxParallel, held);
	}

	/**
	 * Resolves once the engine has acted; every event that was caused before has been delivered by then. `task` 0 is a
	 * single job, or all tasks of an array.
	 */
	async control(job: number, task: number, action: ControlAction): Promise<ControlOutcome> {
		using _alive = this.keepAlive();
		return await this.#engine.control(this.#id, job, task, action);
	}

	/** Until it is disposed of, Node does not end for want of other things to do. */
	keepAlive(): Disposable {
		return this.#engine.keepAlive();
	}

	/** The jobs go on; their events are not delivered any more. */
	close(): void {
		this.#engine.close(this.#id);
	}
}

class SharedEngine {
	readonly native: NativeEngine = startNativeEngine((batch) => this.#deliver(batch));
	readonly #queues = new Map<number, (event: JobEvent) => void>();
	readonly #controls = new Map<number, PendingControl>();
	#lastQueue = 0;
	#lastToken = 0;
	#users = 0;

	open({ maxRunning, killOnExit, onEvent }: QueueOptions): number {
		const queue = ++this.#lastQueue;
		this.native.openQueue(queue, maxRunning, killOnExit);
		this.#queues.set(queue, onEvent);
		return queue;
	}

	close(queue: number): void {
		this.#queues.delete(queue);
		this.native.closeQueue(queue);
	}

	control(queue: number, job: number, task: number, action: ControlAction): Promise<ControlOutcome> {
		// The token travels as 32 bits; so many requests are never under way at once.
		this.#lastToken = (this.#lastToken + 1) % 2 ** 32;
		const token = this.#lastToken;
		return new Promise((resolve) => {
			this.#controls.set(token, { resolve, refused: [] });
			this.native.control(queue, job, task, CONTROL_ACTIONS.indexOf(action), token);
		});
	}

	keepAlive(): Disposable {
		if (this.#users++ === 0) {
			this.native.ref();
		}
		let used = true;
		return {
			[Symbol.dispose]: () => {
				if (used && --this.#users === 0) {
					this.native.unref();
				}
				used = false;
			},
		};
	}

	#deliver(batch: Float64Array): void {
		for (const event of decodeEvents(batch)) {
			if (event.kind === 'controlDone') {
				this.#answer(event.token, CONTROL_RESULTS[event.result] ?? 'wrongState');
			} else if (event.kind === 'refused') {
				this.#noteRefused(event);
			} else {
				this.#queues.get(event.queue)?.(event);
			}
		}
	}

	#noteRefused({ token, result, task, last }: EngineEventOf<'refused'>): void {
		const name = CONTROL_RESULTS[result];
		if (name !== undefined && name !== 'done') {
			this.#controls.get(token)?.refused.push({ first: task, last, result: name });
		}
	}

	#answer(token: number, result: ControlResult): void {
		const control = this.#controls.get(token);
		this.#controls.delete(token);
		control?.resolve({ result, refused: control.refused.sort((a, b) => a.first - b.first) });
	}
}

interface PendingControl {
	resolve(outcome: ControlOutcome): void;
	readonly refused: RefusedTasks[];
}

let shared: SharedEngine | undefined;

/** One per thread: a worker thread has its own copy of this module. */
function sharedEngine(): SharedEngine {
	shared ??= new SharedEngine();
	return shared;
}
