import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { type JobInfo, ProcessTracker } from '../../src/index.js';
import {
	assertNoChildren,
	compile,
	LONG,
	pidOf,
	processFacts,
	read,
	runNode,
	shell,
	temporaryDirectory,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

function ps(pid: string, ...columns: string[]): string[] {
	const format = columns.map((column) => `${column}=`).join(',');
	const text = execFileSync('ps', ['-ww', '-p', pid, '-o', format], {
		encoding: 'utf8',
		env: { ...process.env, LC_ALL: 'C' },
	});
	return text.trim().split(/\s+/);
}

/** A process that changes nothing of itself any more. */
async function sleeper(t: TestContext, more: object = {}): Promise<{ tracker: ProcessTracker; id: string }> {
	const tracker = await withTracker(t);
	const id = String(await pidOf(tracker, await tracker.addJob({ ...LONG, ...more })));
	await waitUntil(() => processFacts(id)?.state === 'S' && read(`/proc/${id}/cmdline`) !== '', 'it sleeps');
	return { tracker, id };
}

test('a sleeping process is told as ps tells it', async (t) => {
	const { tracker, id } = await sleeper(t);
	const info = await tracker.jobInfoFromMonitor(id);
	const { extensionList } = info;
	const [pid, ppid, pgid, ruid, ruser, nlwp, comm] = ps(id, 'pid', 'ppid', 'pgid', 'ruid', 'ruser', 'nlwp', 'comm');
	assert.equal(extensionList['pid'], pid);
	assert.equal(extensionList['ppid'], ppid);
	assert.equal(extensionList['pgid'], pgid);
	assert.equal(extensionList['uid'], ruid);
	assert.equal(info.jobOwner, ruser);
	assert.equal(extensionList['threads'], nlwp);
	assert.equal(extensionList['name'], comm);
	assert.equal(extensionList['commandline'], ps(id, 'args').join(' '));
	const [rss, vsz] = ps(id, 'rss', 'vsz');
	assert.equal(extensionList['memory_usage_rss'], String(Number(rss) * 1024));
	assert.equal(extensionList['memory_usage_vms'], String(Number(vsz) * 1024));
	const [start] = /\d+$/.exec(read(`/proc/${id}/stat`).split(' ').slice(0, 22).join(' ')) ?? [];
	assert.equal(extensionList['starttime'], start);
	assert.equal(extensionList['workingdir'], readlinkSync(`/proc/${id}/cwd`));
	assert.deepEqual(JSON.parse(extensionList['memory_usage']!).rss, Number(rss) * 1024);
});

test('it has every row of the specification', async (t) => {
	const { tracker, id } = await sleeper(t, { workingDirectory: '/usr' });
	const before = Date.now();
	const info = await tracker.jobInfoFromMonitor(id);
	assert.equal(info.id, id);
	assert.equal(info.state, 'Running');
	assert.equal(info.subState, 'sleeping');
	assert.deepEqual(info.allocatedMachines, [hostname()]);
	assert.equal(info.submissionMachine, hostname());
	assert.deepEqual(info.submissionTime, info.dispatchTime);
	assert.ok(info.dispatchTime!.getTime() <= before && info.dispatchTime!.getTime() > before - 60_000);
	// Ticks of 10 ms; both clocks are read one after the other.
	const age = before - info.dispatchTime!.getTime();
	assert.ok(info.wallclockTime! >= age - 1, `${info.wallclockTime} of ${age} ms`);
	assert.ok(info.wallclockTime! <= Date.now() - info.dispatchTime!.getTime() + 1);
	assert.equal(info.slots, 1);
	assert.ok(info.cpuTime! > 0);
	assert.equal(info.extensionList['workingdir'], '/usr');
	assert.equal(info.extensionList['commandline'], '/bin/sleep 60');
	const usage = Number(info.extensionList['cpu_usage']);
	assert.ok(Math.abs(usage - (info.cpuTime! / info.wallclockTime!) * 100) < 1e-5);
	assert.equal(info.extensionList['cpu_usage_interval_ms'], undefined);
	assert.deepEqual(Object.keys(JSON.parse(info.extensionList['memory_usage']!)), [
		'rss',
		'vms',
		'hwm',
		'data',
		'stack',
		'locked',
		'swap',
	]);
	for (const part of [info, info.allocatedMachines, info.extensionList]) {
		assert.ok(Object.isFrozen(part));
	}
	for (const absent of ['exitStatus', 'terminatingSignal', 'finishTime', 'resourceUsage'] as const) {
		assert.equal(absent in info, false, absent);
	}
});

test('a process has the same start whenever it is looked at', async (t) => {
	const { tracker, id } = await sleeper(t);
	const { dispatchTime } = await tracker.jobInfoFromMonitor(id);
	for (let look = 0; look < 20; look++) {
		assert.deepEqual((await tracker.jobInfoFromMonitor(id)).dispatchTime, dispatchTime);
	}
	assert.deepEqual(await tracker.getAllJobIds({ id, dispatchTime: dispatchTime! }), [id]);
});

for (const name of ['a b c', ') S 1 (', '((', 'x) R 0']) {
	test(`a command is called ${JSON.stringify(name)}`, async (t) => {
		const directory = await temporaryDirectory(t);
		copyFileSync('/bin/sleep', join(directory, name));
		const { tracker, id } = await sleeper(t, { remoteCommand: join(directory, name) });
		const { extensionList, state } = await tracker.jobInfoFromMonitor(id);
		assert.equal(extensionList['name'], name);
		assert.equal(extensionList['commandline'], `${join(directory, name)} 60`);
		assert.equal(extensionList['ppid'], String(process.pid));
		assert.equal(state, 'Running');
	});
}

test('processors are those the scheduler may use', async (t) => {
	const tracker = await withTracker(t);
	const pinned = await tracker.addJob({ remoteCommand: 'taskset', args: ['-c', '0', '/bin/sleep', '60'] });
	const id = String(await pidOf(tracker, pinned));
	await waitUntil(() => processFacts(id)?.name === 'sleep', 'taskset has done its work');
	assert.equal((await tracker.jobInfoFromMonitor(id)).extensionList['cpu_affinity'], '0');
});

test('the state is that of the kernel', async (t) => {
	const { tracker, id } = await sleeper(t);
	process.kill(Number(id), 'SIGSTOP');
	await waitUntil(() => processFacts(id)?.state === 'T', 'it is stopped');
	const stopped = await tracker.jobInfoFromMonitor(id);
	assert.deepEqual([stopped.state, stopped.subState], ['Suspended', 'stopped']);
	assert.deepEqual(await tracker.getAllJobIds({ state: 'Suspended', id }), [id]);
	assert.deepEqual(await tracker.getAllJobIds({ state: 'Running', id }), []);
	process.kill(Number(id), 'SIGCONT');
	await waitUntil(() => processFacts(id)?.state === 'S', 'it goes on');
	assert.equal((await tracker.jobInfoFromMonitor(id)).state, 'Running');
});

test('what has ended is not listed, whether it was waited for or not', async (t) => {
	const tracker = await withTracker(t);
	// The shell becomes a program that does not wait for its child.
	const job = await tracker.addJob(shell('/bin/true & exec /bin/sleep 60'));
	const parent = await pidOf(tracker, job);
	const zombie = await waitUntil(
		() =>
			execFileSync('ps', ['--ppid', String(parent), '-o', 'pid=,stat='], { encoding: 'utf8' })
				.trim()
				.match(/^(\d+)\s+Z/)?.[1],
		'its child is a zombie',
	);
	assert.equal((await tracker.getAllJobIds()).includes(zombie), false);
	const gone = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'jobId' };
	await assert.rejects(tracker.jobInfoFromMonitor(zombie), gone);
	await assert.rejects(tracker.jobInfoFromMonitor('2147483647'), gone);
});

test('all processes of ps are listed', async (t) => {
	const tracker = await withTracker(t);
	const pids = (text: string) => new Set(text.trim().split(/\s+/));
	const list = () => pids(execFileSync('ps', ['-e', '-o', 'pid='], { encoding: 'utf8' }));
	const before = list();
	const ids = new Set(await tracker.getAllJobIds());
	const later = list();
	const zombies = (id: string) => processFacts(id)?.state === 'Z';
	for (const id of before) {
		// One that has ended meanwhile is in neither.
		assert.ok(ids.has(id) || !later.has(id) || zombies(id), `${id} is missing`);
	}
	assert.ok(ids.has(String(process.pid)));
	assert.deepEqual(
		[...ids].map(Number),
		[...ids].map(Number).sort((a, b) => a - b),
	);
});

test('a process whose first thread has ended is still there', async (t) => {
	const directory = await temporaryDirectory(t);
	const tracker = await withTracker(t);
	const program = compile('first-thread-ends.c', directory, ['-pthread']);
	const id = String(await pidOf(tracker, await tracker.addJob({ remoteCommand: program })));
	await waitUntil(() => processFacts(id)?.state === 'Z', 'its first thread has ended');
	assert.equal((await tracker.jobInfoFromMonitor(id)).state, 'Running');
	assert.ok((await tracker.getAllJobIds()).includes(id));
});

test('a kernel thread has no command line and no memory', async (t) => {
	const tracker = await withTracker(t);
	const { processes } = await tracker.snapshot();
	const thread = processes.find(({ isKernelThread }) => isKernelThread);
	if (thread === undefined) {
		t.skip('none can be seen from here');
		return;
	}
	assert.deepEqual(thread.args, []);
	assert.equal(thread.commandLine, '');
	assert.equal(thread.rss, 0);
	assert.equal(thread.state, 'Running');
});

test('arguments are kept apart, as long as they may be', async (t) => {
	const long = 'x'.repeat(100_000);
	const args = ['60', '', 'two words', long];
	const child = spawn('/bin/sh', ['-c', 'sleep 60; :', ...args]);
	t.after(() => child.kill('SIGKILL'));
	const tracker = await withTracker(t);
	const id = String(child.pid);
	await waitUntil(() => read(`/proc/${id}/cmdline`).length > long.length, 'it is executed');
	const { extensionList } = await tracker.jobInfoFromMonitor(id);
	assert.equal(extensionList['commandline'], ['/bin/sh', '-c', 'sleep 60; :', ...args].join(' '));
	const { processes } = await tracker.snapshot({ filter: { id } });
	// Of many processes the first 32 KB are kept.
	assert.equal(processes[0]!.args!.join('\0').length, 32 * 1024);
	assert.deepEqual(processes[0]!.args!.slice(0, 6), ['/bin/sh', '-c', 'sleep 60; :', '60', '', 'two words']);
	execFileSync('pkill', ['-KILL', '-P', id]);
});

test('ids that are none are refused', async (t) => {
	const tracker = await withTracker(t);
	for (const id of ['', '0', '-1', '01', '1.0', ' 1', '0x1', '99999999999', 1, null, undefined, '1\0']) {
		await assert.rejects(tracker.jobInfoFromMonitor(id as string), {
			name: 'Drmaa2Error',
			code: 'InvalidArgument',
			attribute: 'jobId',
			message: /getAllJobIds/,
		});
	}
});

test('the processor usage of an interval is that of the interval', async (t) => {
	const tracker = await withTracker(t);
	const burn = compile('burn.c', await temporaryDirectory(t));
	const job = await tracker.addJob(shell(`"${burn}" 300; exec sleep 60`));
	const id = String(await pidOf(tracker, job));
	await waitUntil(() => processFacts(id)?.name === 'sleep' && processFacts(id)?.state === 'S', 'it sleeps');
	const { extensionList } = await tracker.jobInfoFromMonitor(id, { sample: 50 });
	assert.ok(Number(extensionList['cpu_usage_interval_ms']) >= 49);
	assert.equal(extensionList['cpu_usage'], '0.000000');
	const burning = String(await pidOf(tracker, await tracker.addJob({ remoteCommand: burn, args: ['20000'] })));
	const busy = () => tracker.jobInfoFromMonitor(burning, { sample: 50 });
	await waitUntil(async () => Number((await busy()).extensionList['cpu_usage']) > 0, 'it burns');
});

test('options that are none are refused', async (t) => {
	const tracker = await withTracker(t);
	const refused = (attribute: string) => ({ name: 'Drmaa2Error', code: 'InvalidArgument', attribute });
	for (const sample of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5', null]) {
		await assert.rejects(tracker.jobInfoFromMonitor('1', { sample: sample as number }), refused('sample'));
		await assert.rejects(tracker.snapshot({ sample: sample as number }), refused('sample'));
	}
	await assert.rejects(tracker.jobInfoFromMonitor('1', { samples: 5 } as object), refused('samples'));
	await assert.rejects(tracker.getAllJobIds({}, { sample: 5 } as object), refused('sample'));
	await assert.rejects(tracker.getAllJobIds({}, null as unknown as object), refused('options'));
	await assert.rejects(tracker.getAllJobIds({}, { signal: {} as AbortSignal }), refused('signal'));
	const reason = new Error('no more');
	await assert.rejects(tracker.getAllJobIds({}, { signal: AbortSignal.abort(reason) }), reason);
	const abort = new AbortController();
	const sampling = tracker.jobInfoFromMonitor(String(process.pid), { sample: 60_000, signal: abort.signal });
	abort.abort(reason);
	await assert.rejects(sampling, reason);
});

test('a process that is a job of an open session says so', async (t) => {
	const tracker = await withTracker(t);
	const job = await tracker.addJob(shell('sleep 60; :'));
	const id = String(await pidOf(tracker, job));
	const child = await waitUntil(
		async () => (await tracker.snapshot()).processes.find(({ parent }) => String(parent) === id)?.id,
		'it has a child',
	);
	const other = await ProcessTracker.open('another session');
	const ids = ({ extensionList }: JobInfo) => [extensionList['job_id'], extensionList['session']];
	assert.deepEqual(ids(await other.jobInfoFromMonitor(id)), [job, t.name]);
	assert.deepEqual(ids(await other.jobInfoFromMonitor(child)), [undefined, undefined]);
	assert.deepEqual(ids(await other.jobInfoFromMonitor(String(process.pid))), [undefined, undefined]);
	await other.close();
});

test('a job of a session that was closed is a process like others', async (t) => {
	const { said } = await runNode(t, async ({ ProcessTracker, LONG, killGroup, pidOf, say }) => {
		const first = await ProcessTracker.open('first');
		const pid = await pidOf(first, await first.addJob(LONG));
		await first.close();
		const second = await ProcessTracker.open('second');
		say((await second.jobInfoFromMonitor(String(pid))).extensionList['session'] ?? 'none');
		killGroup(pid);
	});
	assert.deepEqual(said, ['none']);
});
