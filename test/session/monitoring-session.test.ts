import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { after, type TestContext, test } from 'node:test';
import { MonitoringSession, type MonitorSnapshot, ProcessTracker } from '../../src/index.js';
import { assertNoChildren, LONG, pidOf, processFacts, shell, waitUntil, withTracker } from '../support/index.js';

after(assertNoChildren);

async function withSession(t: TestContext) {
	const tracker = await withTracker(t);
	const session = await MonitoringSession.open(tracker, 'here');
	t.after(() => session[Symbol.asyncDispose]());
	return { tracker, session };
}

const INVALID_SESSION = { name: 'Drmaa2Error', code: 'InvalidSession' };

test('it sees the processes of the machine as jobs', async (t) => {
	const { tracker, session } = await withSession(t);
	assert.equal(session.contact, 'here');
	const job = await tracker.addJob({ ...LONG, workingDirectory: '/usr' });
	const id = String(await pidOf(tracker, job));
	await waitUntil(() => processFacts(id)?.name === 'sleep', 'it is executed');
	const all = await session.getAllJobs();
	assert.ok(all.some((found) => found.id === String(process.pid)));
	const [found, ...others] = await session.getAllJobs({ id });
	assert.deepEqual(others, []);
	assert.equal(found!.sessionName, t.name);
	assert.deepEqual(found!.jobTemplate, { remoteCommand: '/bin/sleep', args: ['60'], workingDirectory: '/usr' });
	assert.deepEqual((await found!.getState()).state, 'Running');
	const info = await found!.getInfo();
	assert.equal(info.id, id);
	assert.equal(info.extensionList['job_id'], job);
	await found!.waitStarted();
	const own = all.find((candidate) => candidate.id === String(process.pid));
	assert.equal(own!.sessionName, undefined);
	assert.equal(own!.jobTemplate.remoteCommand, process.argv0);
});

test('its jobs are read-only', async (t) => {
	const { tracker, session } = await withSession(t);
	const id = String(await pidOf(tracker, await tracker.addJob(LONG)));
	const [found] = await session.getAllJobs({ id });
	for (const action of ['suspend', 'resume', 'hold', 'release', 'terminate'] as const) {
		await assert.rejects(found![action](), { name: 'Drmaa2Error', code: 'DeniedByDrms', message: /read-only/ });
	}
	await assert.rejects(found!.reap(), { name: 'Drmaa2Error', code: 'UnsupportedOperation' });
	await assert.rejects(found!.waitTerminated(), { name: 'Drmaa2Error', code: 'UnsupportedOperation' });
	assert.equal(processFacts(id)?.state, 'S');
});

test('a job whose process has ended is unknown', async (t) => {
	const { tracker, session } = await withSession(t);
	const job = await tracker.addJob(LONG);
	const [found] = await session.getAllJobs({ id: String(await pidOf(tracker, job)) });
	await tracker.jobControl(job, 'terminate');
	await tracker.wait(job, ['Failed']);
	const gone = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'jobId' };
	await assert.rejects(found!.getInfo(), gone);
	await assert.rejects(found!.getState(), gone);
	assert.equal(found!.jobTemplate.remoteCommand, '/bin/sleep', 'what was seen of it stays');
});

test('another process with the number of one that has ended is not taken for it', async (t) => {
	const tracker = await withTracker(t);
	const id = String(await pidOf(tracker, await tracker.addJob(LONG)));
	// A monitorer whose answer is of another process, as after the numbers have gone round.
	const later = new Proxy(tracker, {
		get(target, name) {
			if (name === 'jobInfoFromMonitor') {
				return async () => {
					const info = await target.jobInfoFromMonitor(id);
					return { ...info, extensionList: { ...info.extensionList, starttime: '1' } };
				};
			}
			const value = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
	await using session = await MonitoringSession.open(later);
	const [found] = await session.getAllJobs({ id });
	await assert.rejects(found!.getInfo(), { code: 'InvalidArgument', message: /another has its number/ });
});

test('machines, queues and reservations', async (t) => {
	const { session } = await withSession(t);
	const [machine, ...others] = await session.getAllMachines();
	assert.deepEqual(others, []);
	assert.equal(machine!.name, hostname());
	assert.deepEqual(await session.getAllMachines(['elsewhere.invalid']), []);
	assert.deepEqual(await session.getAllQueues(), []);
	await assert.rejects(session.getAllReservations(), { name: 'Drmaa2Error', code: 'UnsupportedOperation' });
});

test('after closing, everything is InvalidSession', async (t) => {
	const { tracker, session } = await withSession(t);
	const [found] = await session.getAllJobs({ id: String(process.pid) });
	await session.close();
	for (const call of [
		() => session.getAllJobs(),
		() => session.getAllMachines(),
		() => session.getAllQueues(),
		() => session.getAllReservations(),
		() => session.snapshot(),
		() => session.watch({ interval: 10 }).next(),
		() => session.close(),
		() => found!.getInfo(),
	]) {
		await assert.rejects(call, INVALID_SESSION);
	}
	await session[Symbol.asyncDispose]();
	assert.ok((await tracker.getAllJobIds()).length > 0, 'the tracker goes on');
});

test('sessions of a tracker are counted by name', async (t) => {
	const tracker = await withTracker(t);
	await assert.rejects(tracker.closeMonitoringSession('a'), INVALID_SESSION);
	await tracker.openMonitoringSession('a');
	await tracker.openMonitoringSession('a');
	await tracker.closeMonitoringSession('a');
	await assert.rejects(tracker.closeMonitoringSession(), INVALID_SESSION);
	await tracker.closeMonitoringSession('a');
	await assert.rejects(tracker.closeMonitoringSession('a'), INVALID_SESSION);
	for (const name of [5, null, {}]) {
		const refused = { code: 'InvalidArgument', attribute: 'name' };
		await assert.rejects(tracker.openMonitoringSession(name as string), refused);
		await assert.rejects(MonitoringSession.open(tracker, name as string), refused);
	}
});

test('a tracker that is closed monitors no more', async () => {
	const tracker = await ProcessTracker.open('closed');
	const session = await MonitoringSession.open(tracker);
	const watching = tracker.watch({ interval: 1 });
	await watching.next();
	await tracker.close();
	for (const call of [
		() => tracker.getAllJobIds(),
		() => tracker.getAllMachines(),
		() => tracker.getAllQueueNames(),
		() => tracker.jobInfoFromMonitor('1'),
		() => tracker.snapshot(),
		() => tracker.openMonitoringSession(),
		() => tracker.closeMonitoringSession(),
		() => watching.next(),
		() => session.getAllJobs(),
		() => MonitoringSession.open(tracker),
	]) {
		await assert.rejects(call, INVALID_SESSION);
	}
	assert.throws(() => tracker.watch({ interval: 1 }), INVALID_SESSION);
});

test('watching shows who comes, who goes, and who does what', async (t) => {
	const { tracker, session } = await withSession(t);
	const job = await tracker.addJob(shell('while :; do :; done'));
	const pid = await pidOf(tracker, job);
	const snapshots: MonitorSnapshot[] = [];
	let other: number | undefined;
	for await (const snapshot of session.watch({ interval: 20 })) {
		snapshots.push(snapshot);
		const busy = snapshot.processes.find((found) => found.pid === pid);
		if (snapshots.length === 1) {
			assert.equal(snapshot.interval, undefined);
			assert.deepEqual(snapshot.appeared, snapshot.processes);
			assert.deepEqual(snapshot.vanished, []);
			assert.equal(busy?.change, undefined);
			other = await pidOf(tracker, await tracker.addJob(LONG));
			continue;
		}
		assert.ok(snapshot.interval! > 19);
		if (snapshots.length === 2) {
			assert.ok(snapshot.appeared.some((found) => found.pid === other));
			assert.ok(busy!.change!.interval > 19);
			assert.equal(busy!.job?.jobId, job);
			await tracker.jobControl(job, 'terminate');
			await tracker.wait(job, ['Failed']);
			continue;
		}
		assert.equal(busy, undefined);
		assert.ok(snapshot.vanished.some((found) => found.pid === pid));
		assert.ok(snapshot.appeared.every((found) => found.pid !== other));
		break;
	}
	assert.equal(snapshots.length, 3);
	for (const part of [snapshots[1]!, snapshots[1]!.processes, snapshots[1]!.appeared, snapshots[1]!.vanished]) {
		assert.ok(Object.isFrozen(part));
	}
});

test('usage of the processor shows up where it is used', async (t) => {
	const { tracker, session } = await withSession(t);
	const busy = await pidOf(tracker, await tracker.addJob(shell('while :; do :; done')));
	const idle = await pidOf(tracker, await tracker.addJob(LONG));
	await waitUntil(() => processFacts(idle)?.name === 'sleep' && processFacts(idle)?.state === 'S', 'it sleeps');
	await waitUntil(async () => {
		const { processes } = await session.snapshot({ sample: 30 });
		const of = (pid: number) => processes.find((found) => found.pid === pid)!.change!;
		assert.deepEqual([of(idle).cpuTime, of(idle).cpuUsage], [0, 0]);
		return of(busy).cpuTime > 0 && of(busy).cpuUsage > 0;
	}, 'the busy one is seen to be busy');
});

test('a filter holds for all parts of a snapshot', async (t) => {
	const { tracker, session } = await withSession(t);
	const job = await tracker.addJob(LONG);
	const pid = await pidOf(tracker, job);
	const seen: (readonly number[])[] = [];
	for await (const { processes, appeared, vanished } of session.watch({
		interval: 10,
		filter: { state: 'Suspended', id: String(pid) },
	})) {
		seen.push([processes.length, appeared.length, vanished.length]);
		if (seen.length === 1) {
			await tracker.jobControl(job, 'suspend');
			await tracker.wait(job, ['Suspended']);
		} else if (seen.length === 2) {
			await tracker.jobControl(job, 'resume');
			await tracker.wait(job, ['Running']);
		} else {
			break;
		}
	}
	assert.deepEqual(seen, [
		[0, 0, 0],
		[1, 1, 0],
		[0, 0, 1],
	]);
});

test('watching ends with the reason of its signal, also while it waits', async (t) => {
	const { session } = await withSession(t);
	const abort = new AbortController();
	const reason = new Error('enough');
	const watching = session.watch({ interval: 2 ** 31 - 1, signal: abort.signal });
	assert.equal((await watching.next()).done, false);
	const next = watching.next();
	abort.abort(reason);
	await assert.rejects(next, reason);
	assert.deepEqual(await watching.next(), { done: true, value: undefined });
});

test('options of watching that are none are refused', async (t) => {
	const { tracker, session } = await withSession(t);
	await assert.rejects(session.getAllJobs({}, { sample: 5 } as object), {
		code: 'InvalidArgument',
		attribute: 'sample',
	});
	for (const [options, attribute] of [
		[undefined, 'interval'],
		[{}, 'interval'],
		[{ interval: 0 }, 'interval'],
		[{ interval: '5' }, 'interval'],
		[{ interval: 5, filter: 5 }, 'filter'],
		[{ interval: 5, filter: { ids: '5' } }, 'ids'],
		[{ interval: 5, sample: 5 }, 'sample'],
		[{ interval: 5, signal: 5 }, 'signal'],
		[null, 'options'],
	] as const) {
		assert.throws(() => tracker.watch(options as unknown as { interval: number }), {
			name: 'Drmaa2Error',
			code: 'InvalidArgument',
			attribute,
		});
	}
});
