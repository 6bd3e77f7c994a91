import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertExited,
	assertKilled,
	assertNoChildren,
	assertStarted,
	compile,
	endOf,
	LONG,
	membersOf,
	pidOf,
	processFacts,
	read,
	shell,
	soon,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

function rssOf(pid: number): number {
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]) * 1024;
}

test('a running job tells what its whole process group uses', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('sleep 60 & sleep 60 & wait'));
	const pid = await pidOf(tracker, id);
	const asleep = () => {
		const members = membersOf(pid);
		return members.length === 3 && members.filter(({ name, state }) => name === 'sleep' && state === 'S').length === 2;
	};
	await waitUntil(() => asleep() && processFacts(pid)?.state === 'S', 'all three sleep');
	const info = await tracker.jobInfo(id);
	assertStarted(info, 'Running');
	assert.equal(info.extensionList['process_count'], '3');
	const total = membersOf(pid).reduce((sum, member) => sum + rssOf(member.pid), 0);
	assert.equal(info.extensionList['memory_usage_rss'], String(total));
});

test('processor time counts those who have ended and those who have not', async (t) => {
	const tracker = await withTracker(t);
	const burn = compile('burn.c', await temporaryDirectory(t));
	const id = await tracker.addJob(shell(`"${burn}" 60; "${burn}" 60 & wait; exec sleep 60`));
	const pid = await pidOf(tracker, id);
	await waitUntil(() => processFacts(pid)?.name === 'sleep', 'both have ended');
	const { cpuTime } = await tracker.jobInfo(id);
	// Children that were waited for are counted in ticks of 10 ms.
	assert.ok(cpuTime! >= 110, `${cpuTime} of 120 ms`);
	await tracker.jobControl(id, 'terminate');
	const end = await endOf(tracker, id);
	assertKilled(end, 'SIGKILL', { terminated: true });
	assert.ok(end.cpuTime! >= cpuTime! - 20, 'what was told while it ran is no more than what it used');
});

test('the exit record replaces what was told while it ran', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(shell('read a < /dev/null; exit 3'));
	assertExited(await endOf(tracker, id), 3);
});

test('a suspended job tells it too', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	await tracker.jobControl(id, 'suspend');
	await tracker.wait(id, ['Suspended']);
	const info = await tracker.jobInfo(id);
	assertStarted(info, 'Suspended', 'stopped:SIGTSTP');
	assert.equal(info.extensionList['process_count'], '1');
});

test('many jobs are asked at once', async (t) => {
	const tracker = await withTracker(t);
	const ids = await Promise.all(Array.from({ length: 20 }, () => tracker.addJob(LONG)));
	const infos = await Promise.all(ids.map((id) => tracker.jobInfo(id)));
	for (const [index, info] of infos.entries()) {
		assert.equal(info.id, ids[index]);
		assertStarted(info, 'Running');
		assert.equal(info.extensionList['process_count'], '1');
	}
});

test('a running task of an array tells what it uses, and is seen as that task among all processes', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addArrayJob(LONG, { begin: 1, end: 9, maxParallel: 2 });
	await soon(tracker.wait(`${id}.2`, ['Running']), 'it runs');
	const info = await tracker.jobInfo(`${id}.2`);
	assertStarted(info, 'Running');
	assert.equal(info.extensionList['process_count'], '1');
	const seen = await tracker.jobInfoFromMonitor(info.extensionList['pid']!);
	assert.deepEqual([seen.extensionList['job_id'], seen.extensionList['session']], [`${id}.2`, t.name]);
});
