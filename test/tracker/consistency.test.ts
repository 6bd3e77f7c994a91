import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobInfo, ProcessTracker } from '../../src/index.js';
import {
	assertNoChildren,
	assertStarted,
	assertWaiting,
	ENDED,
	LONG,
	processFacts,
	shell,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

const ACTIONS = ['suspend', 'resume', 'hold', 'release', 'terminate'] as const;

/** The same numbers in every run. */
function randomly() {
	let seed = 12345;
	return (below: number) => {
		seed = (seed * 1103515245 + 12345) % 2 ** 31;
		return (seed >> 8) % below;
	};
}

test('info and state of one moment never contradict each other, whatever is done to the jobs', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 4 });
	const random = randomly();
	const ids: string[] = [];
	for (let i = 0; i < 40; i++) {
		const job = i % 3 === 0 ? LONG : shell(`exit ${i % 2}`);
		ids.push(await tracker.addJob({ ...job, submitAsHold: random(4) === 0 }));
	}
	const times = new Map<string, Pick<JobInfo, 'submissionTime' | 'dispatchTime'>>();
	const ended = new Map<string, JobInfo>();
	await waitUntil(async () => {
		for (let i = 0; i < 20; i++) {
			const id = ids[random(ids.length)]!;
			void tracker.jobControl(id, ACTIONS[random(ACTIONS.length)]!).catch(onlyExpected);
			await checkOne(tracker, ids[random(ids.length)]!, times, ended);
		}
		for (const id of ids) {
			await checkOne(tracker, id, times, ended);
		}
		return ended.size === ids.length;
	}, 'all have ended');
});

function onlyExpected(error: { code?: string }) {
	assert.ok(['InvalidState', 'UnsupportedOperation', 'TryLater'].includes(error.code ?? ''), String(error));
}

async function checkOne(
	tracker: ProcessTracker,
	id: string,
	times: Map<string, Pick<JobInfo, 'submissionTime' | 'dispatchTime'>>,
	ended: Map<string, JobInfo>,
) {
	// What a job uses is read first, so the information is of the moment at which it comes.
	const info = await tracker.jobInfo(id);
	const { state, subState } = await tracker.jobState(id);
	assert.deepEqual([info.state, info.subState], [state, subState]);
	const known = times.get(id);
	assert.deepEqual(info.submissionTime, known?.submissionTime ?? info.submissionTime);
	assert.deepEqual(info.dispatchTime, known?.dispatchTime ?? info.dispatchTime, 'a dispatch time never changes');
	times.set(id, info);
	const final = ended.get(id);
	if (final !== undefined) {
		assert.deepEqual(info, final, 'an ended job never changes');
	} else if (ENDED.some((candidate) => candidate === state)) {
		assert.ok(info.finishTime !== undefined);
		const pid = info.extensionList['pid'];
		assert.ok(pid === undefined || processFacts(pid)?.parent !== process.pid, 'its process is gone');
		ended.set(id, info);
	} else if (state === 'Queued' || state === 'QueuedHeld') {
		assertWaiting(info, state);
	} else if (info.cpuTime === undefined) {
		// Its process was gone when it was looked for, and its end has not been told yet.
		await tracker.wait(id, ENDED);
	} else {
		assertStarted(info, state as 'Running', subState);
	}
}
