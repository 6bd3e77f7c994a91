import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { type Program, sourceOf } from './child-tools.js';
import { killGroup } from './processes.js';
import { soon, waitUntil } from './wait-until.js';

export interface NodeOptions<A> {
	readonly argument?: A;
	/** Options of Node itself. */
	readonly flags?: readonly string[];
	/** A command that is put before Node's, such as prlimit. */
	readonly wrapper?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** How long it may take, in milliseconds. */
	readonly deadline?: number;
}

export interface Ending {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly said: readonly unknown[];
	readonly stdout: string;
	readonly stderr: string;
}

/** A Node process that runs a program of the test's. */
export interface NodeProcess {
	readonly child: ChildProcess;
	readonly pid: number;
	/** The next value it says. */
	next<T = unknown>(): Promise<T>;
	/** Resolves when it has ended and its output is complete. */
	readonly ended: Promise<Ending>;
}

/** Starts it; it is killed after the test when it still runs. */
export function startNode<A = undefined>(
	t: TestContext,
	program: Program<A>,
	options: NodeOptions<A> = {},
): NodeProcess {
	const { wrapper = [], flags = [], env = {}, deadline = 60_000 } = options;
	const source = sourceOf(program, options.argument as A);
	const [command = '', ...args] = [...wrapper, process.execPath, ...flags, '-e', source];
	// A group of its own, so that a wrapper and what it has started can be killed together.
	const child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...env }, detached: true });
	const output = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			output[name] += text;
		});
	}
	const lines = () => output.stdout.split('\n').slice(0, -1);
	let taken = 0;
	const closed = once(child, 'close').then(
		([code, signal]): Ending => ({ code, signal, ...output, said: lines().map(parse) }),
	);
	const ended = soon(closed, 'the Node process ends', deadline);
	// Not every test waits for it.
	ended.catch(() => {});
	t.after(async () => {
		killGroup(child.pid!);
		// A job that outlives it may hold them, and 'close' waits for them.
		child.stdout.destroy();
		child.stderr.destroy();
		await closed;
	});
	return {
		child,
		pid: child.pid!,
		async next<T>() {
			const at = taken++;
			await waitUntil(() => lines().length > at || child.exitCode !== null || child.signalCode !== null, 'it speaks');
			if (lines().length <= at) {
				await ended;
			}
			const line = lines()[at];
			assert.ok(
				line !== undefined,
				`it ended (${child.exitCode ?? child.signalCode}) without a word: ${output.stderr}`,
			);
			return parse(line) as T;
		},
		ended,
	};
}

function parse(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return line;
	}
}

/** Runs it to its end, which must be a good one, and gives what it said. */
export async function runNode<A = undefined>(
	t: TestContext,
	program: Program<A>,
	options: NodeOptions<A> = {},
): Promise<Ending> {
	const ending = await startNode(t, program, options).ended;
	assert.deepEqual([ending.code, ending.signal], [0, null], ending.stderr);
	return ending;
}
