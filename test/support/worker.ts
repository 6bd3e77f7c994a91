import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type Program, sourceOf } from './child-tools.js';

/** Runs a program in a worker thread of this process. It speaks through `parentPort`. */
export function startWorker<A = undefined>(t: TestContext, program: Program<A>, argument?: A): Worker {
	const worker = new Worker(sourceOf(program, argument as A), { eval: true });
	t.after(() => worker.terminate());
	return worker;
}

export async function message<T>(worker: Worker): Promise<T> {
	const [value] = await once(worker, 'message');
	return value;
}
