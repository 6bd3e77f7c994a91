import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { hostname, loadavg, machine, release, tmpdir, uptime } from 'node:os';
import { after, test } from 'node:test';
import type { MachineInfo } from '../../src/index.js';
import { assertNoChildren, read, withTracker } from '../support/index.js';

after(assertNoChildren);

/** The output of a program, in English and with points in numbers. */
function output(command: string, ...args: string[]): string {
	return execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim();
}

/** Of a program that prints `Name:   value`. */
function valueIn(text: string, name: string): string | undefined {
	const line = text.split('\n').find((candidate) => candidate.trim().startsWith(`${name}:`));
	return line?.slice(line.indexOf(':') + 1).trim();
}

function only(machines: readonly MachineInfo[]): MachineInfo {
	assert.equal(machines.length, 1);
	return machines[0]!;
}

test('sockets, cores and threads are those of lscpu', async (t) => {
	const tracker = await withTracker(t);
	const info = only(await tracker.getAllMachines());
	const lscpu = output('lscpu');
	assert.equal(String(info.sockets), valueIn(lscpu, 'Socket(s)'));
	assert.equal(String(info.coresPerSocket), valueIn(lscpu, 'Core(s) per socket'));
	assert.equal(String(info.threadsPerCore), valueIn(lscpu, 'Thread(s) per core'));
});

test('the processors are those of nproc', async (t) => {
	const tracker = await withTracker(t);
	const { extensionList } = only(await tracker.getAllMachines());
	const online = Number(read('/proc/stat').match(/^cpu\d/gm)?.length);
	assert.equal(extensionList['cpus_online']?.split(' ').length, online);
	// nproc counts those that this process may use.
	const own = (await tracker.jobInfoFromMonitor(String(process.pid))).extensionList['cpu_affinity'];
	assert.equal(own?.split(' ').length, Number(output('nproc')));
});

test('memory is that of free, in KB', async (t) => {
	const tracker = await withTracker(t);
	const info = only(await tracker.getAllMachines());
	const free = output('free', '-k');
	const [total = ''] = valueIn(free, 'Mem')?.split(/\s+/) ?? [];
	const [swap = ''] = valueIn(free, 'Swap')?.split(/\s+/) ?? [];
	assert.equal(info.physMemory, Number(total));
	assert.equal(info.virtMemory, Number(total) + Number(swap));
	assert.equal(info.extensionList['swap_kb'], swap);
	assert.ok(Number(info.extensionList['memory_available_kb']) <= Number(total));
});

test('names and versions are those of uname', async (t) => {
	const tracker = await withTracker(t);
	const info = only(await tracker.getAllMachines());
	assert.equal(info.name, output('uname', '-n'));
	assert.equal(info.name, hostname());
	assert.equal(info.available, true);
	assert.equal(info.machineOS, 'Linux');
	assert.equal(info.extensionList['architecture'], machine());
	assert.equal(info.extensionList['os_release'], release());
	assert.ok(release().startsWith(`${info.machineOSVersion.major}.${info.machineOSVersion.minor}`));
	assert.equal(info.machineArch, { x64: 'X64', arm64: 'ARM64' }[process.arch as 'x64' | 'arm64']);
	assert.equal(info.extensionList['tempdir'], tmpdir());
	for (const part of [info, info.machineOSVersion, info.extensionList]) {
		assert.ok(Object.isFrozen(part));
	}
});

test('load and uptime are those of the kernel', async (t) => {
	const tracker = await withTracker(t);
	// They change between two looks: what is read must lie between what is read before and after.
	const before = uptime();
	const [first, info, last] = [loadavg(), only(await tracker.getAllMachines()), loadavg()];
	// /proc/uptime counts in hundredths of a second, os.uptime() gives all digits.
	assert.ok(Number(info.extensionList['uptime_seconds']) >= before - 0.01, 'it goes on');
	assert.ok(Number(info.extensionList['uptime_seconds']) <= uptime() + 0.01);
	const all = [info.load, Number(info.extensionList['load5min']), Number(info.extensionList['load15min'])];
	for (const [index, load] of all.entries()) {
		// Two digits are shown; the average itself changes once in five seconds.
		assert.ok(load! >= Math.min(first[index]!, last[index]!) - 0.011, `${load} of ${first[index]}`);
		assert.ok(load! <= Math.max(first[index]!, last[index]!) + 0.011, `${load} of ${last[index]}`);
	}
});

test('machines are chosen by name', async (t) => {
	const tracker = await withTracker(t);
	assert.equal((await tracker.getAllMachines([hostname(), 'elsewhere.invalid'])).length, 1);
	assert.deepEqual(await tracker.getAllMachines(['elsewhere.invalid']), []);
	assert.deepEqual(await tracker.getAllMachines([]), []);
	for (const names of ['host', null, [1], {}]) {
		const refused = { name: 'Drmaa2Error', code: 'InvalidArgument', attribute: 'names' };
		await assert.rejects(tracker.getAllMachines(names as string[]), refused);
		await assert.rejects(tracker.getAllQueueNames(names as string[]), refused);
	}
});

test('there are no queues', async (t) => {
	const tracker = await withTracker(t);
	assert.deepEqual(await tracker.getAllQueueNames(), []);
	assert.deepEqual(await tracker.getAllQueueNames(['all.q']), []);
});
