import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { type JobControlAction, type JobInfo, type JobState, ProcessTracker } from '../../src/index.js';
import { assertNoChildren, killLaunchers, mostAtOnce, shell, soon } from '../support/index.js';

after(assertNoChildren);

// Schedules of submissions and control requests, thrown at real processes, and what must hold whatever they are. The
// seed is fixed; a failure is shrunk to the shortest schedule that still fails, and printed with the seed to repeat it.
const SEED = Number(process.env['SCHEDULE_SEED'] ?? 20_260_101);
const RUNS = Number(process.env['SCHEDULE_RUNS'] ?? 25);

type Step =
	| { readonly do: 'array'; readonly tasks: number; readonly maxParallel: number; readonly held: boolean }
	| { readonly do: 'single'; readonly held: boolean }
	| { readonly do: JobControlAction; readonly target: number; readonly task: number | undefined }
	| { readonly do: 'turn' }
	| { readonly do: 'kill launcher' };

const action = fc.constantFrom<JobControlAction>('suspend', 'resume', 'hold', 'release', 'terminate');
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('array' as const),
			tasks: fc.integer({ min: 1, max: 8 }),
			maxParallel: fc.integer({ min: 1, max: 4 }),
			held: fc.boolean(),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('single' as const), held: fc.boolean() }) },
	{
		weight: 6,
		arbitrary: fc.record({ do: action, target: fc.nat(20), task: fc.option(fc.nat(8), { nil: undefined }) }),
	},
	{ weight: 2, arbitrary: fc.constant({ do: 'turn' as const }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'kill launcher' as const }) },
);

const EXPECTED = new Set(['InvalidState', 'UnsupportedOperation', 'TryLater', 'DrmCommunication']);

test('whatever is done to arrays and jobs, every task comes to one end and no bound is broken', async (t) => {
	t.diagnostic(`seed ${SEED}, ${RUNS} schedules`);
	const schedules = fc.record({ maxRunning: fc.integer({ min: 1, max: 5 }), steps: fc.array(step, { maxLength: 14 }) });
	await fc.assert(
		fc.asyncProperty(schedules, ({ maxRunning, steps }) => play(maxRunning, steps)),
		{ seed: SEED, numRuns: RUNS, endOnFailure: false },
	);
});

async function play(maxRunning: number, steps: readonly Step[]): Promise<void> {
	await using tracker = await ProcessTracker.open('schedule', { maxRunning });
	const told = follow(tracker);
	const bounds = new Map<string, number>();
	const controls: Promise<void>[] = [];
	for (const one of steps) {
		await perform(tracker, one, bounds, controls);
	}
	await Promise.all(controls);
	// Everything may come to its end now, and has to.
	for (const id of await roots(tracker)) {
		for (const last of ['release', 'resume'] as const) {
			await tracker.jobControl(id, last).catch(onlyExpected);
		}
	}
	await soon(settled(tracker, bounds), 'everything ends');
	check(await infos(tracker), bounds, maxRunning);
	await told.check(tracker);
}

async function perform(
	tracker: ProcessTracker,
	one: Step,
	bounds: Map<string, number>,
	controls: Promise<void>[],
): Promise<void> {
	switch (one.do) {
		case 'array': {
			const template = shell('exit $((TASK_ID % 2))', { submitAsHold: one.held });
			const { tasks, maxParallel } = one;
			bounds.set(await tracker.addArrayJob(template, { begin: 1, end: tasks, maxParallel }), maxParallel);
			break;
		}
		case 'single':
			await tracker.addJob(shell('exit 0', { submitAsHold: one.held })).catch(onlyExpected);
			break;
		case 'turn':
			await new Promise(setImmediate);
			break;
		case 'kill launcher':
			killLaunchers(process.pid);
			break;
		default: {
			const all = await roots(tracker);
			const root = all[one.target % Math.max(all.length, 1)];
			if (root !== undefined) {
				const tasks = bounds.has(root) ? await tracker.listArrayJobs(root) : [root];
				const id = one.task === undefined ? root : (tasks[one.task % tasks.length] ?? root);
				controls.push(tracker.jobControl(id, one.do).catch(onlyExpected));
			}
		}
	}
}

function onlyExpected(error: { code?: string }): void {
	assert.ok(EXPECTED.has(error.code ?? ''), String(error));
}

/** Single jobs and whole arrays. */
async function roots(tracker: ProcessTracker): Promise<string[]> {
	return [...new Set((await tracker.listJobs()).map((id) => id.split('.')[0] ?? ''))];
}

async function settled(tracker: ProcessTracker, bounds: ReadonlyMap<string, number>): Promise<void> {
	for (const id of await roots(tracker)) {
		// A stop that was on its way when it was to be resumed comes after that.
		for (let ended = false; !ended; ) {
			const waiting = bounds.has(id)
				? tracker.waitArray(id, { timeout: 50 })
				: tracker.wait(id, ['Done', 'Failed'], { timeout: 50 });
			ended = await waiting.then(
				() => true,
				(error) => {
					assert.equal(error.code, 'Timeout');
					return false;
				},
			);
			if (!ended) {
				await tracker.jobControl(id, 'resume').catch(onlyExpected);
			}
		}
	}
}

async function infos(tracker: ProcessTracker): Promise<JobInfo[]> {
	const all: JobInfo[] = [];
	for await (const info of tracker.jobInfos(await tracker.listJobs())) {
		all.push(info);
	}
	return all;
}

function check(all: readonly JobInfo[], bounds: ReadonlyMap<string, number>, maxRunning: number): void {
	assert.ok(mostAtOnce(all) <= maxRunning, 'maxRunning');
	for (const [id, maxParallel] of bounds) {
		const tasks = all.filter((info) => info.id.startsWith(`${id}.`));
		assert.ok(mostAtOnce(tasks) <= maxParallel, `maxParallel of array ${id}`);
	}
	for (const { id, state, subState = '', exitStatus } of all) {
		const [, index = '0'] = id.split('.');
		if (exitStatus === undefined) {
			assert.match(subState, /^(terminated|signaled:SIGKILL|launch:launcher:ECONNRESET)$/, id);
		} else {
			assert.equal(exitStatus, Number(index) % 2, id);
		}
		assert.equal(state, exitStatus === 0 ? 'Done' : 'Failed', id);
	}
}

const NEXT: Readonly<Partial<Record<JobState, readonly JobState[]>>> = {
	Queued: ['QueuedHeld', 'Running', 'Failed'],
	QueuedHeld: ['Queued', 'Failed'],
	Running: ['Suspended', 'Done', 'Failed'],
	Suspended: ['Running', 'Failed', 'Done'],
};

/** Reads the events beside the schedule: each must be a step that a job can take, and the last one its end. */
function follow(tracker: ProcessTracker): { check(tracker: ProcessTracker): Promise<void> } {
	const last = new Map<string, JobState>();
	const faults: string[] = [];
	const events = tracker.events();
	const reading = (async () => {
		for await (const event of events) {
			if (event.kind === 'lagged') {
				faults.push('lagged');
				continue;
			}
			const before = last.get(event.jobId);
			if (before !== undefined && !NEXT[before]?.includes(event.state)) {
				faults.push(`${event.jobId}: ${before} -> ${event.state}`);
			}
			last.set(event.jobId, event.state);
		}
	})();
	return {
		check: async () => {
			await events.return?.();
			await reading;
			assert.deepEqual(faults, []);
			for (const [id, state] of last) {
				assert.equal(state, (await tracker.jobState(id)).state, id);
			}
			assert.deepEqual([...last.keys()].sort(), (await tracker.listJobs()).sort());
		},
	};
}
