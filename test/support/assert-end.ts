import assert from 'node:assert/strict';
import { hostname, userInfo } from 'node:os';
import type { JobInfo } from '../../src/index.js';

const ALWAYS = [
	'id',
	'state',
	'allocatedMachines',
	'submissionMachine',
	'jobOwner',
	'submissionTime',
	'extensionList',
] as const;
const STARTED = ['slots', 'dispatchTime', 'wallclockTime'] as const;
const REAPED = ['finishTime', 'cpuTime', 'resourceUsage', 'subState'] as const;
const USAGE_EXTENSIONS = ['ru_inblock', 'ru_maxrss', 'ru_outblock', 'ru_swap', 'system_time_ms', 'user_time_ms'];

/** The job exited by itself with this code. */
export function assertExited(info: JobInfo, code: number): void {
	assertFields(info, [...ALWAYS, ...STARTED, ...REAPED, 'exitStatus']);
	assert.equal(info.state, code === 0 ? 'Done' : 'Failed');
	assert.equal(info.subState, `exited:${code}`);
	assert.equal(info.exitStatus, code);
	assertReaped(info, []);
}

export interface KillDetails {
	/** terminate was asked for. */
	readonly terminated?: boolean;
	readonly coreDumped?: boolean;
}

/** The job was ended by this signal. */
export function assertKilled(info: JobInfo, signal: string, details: KillDetails = {}): void {
	assertFields(info, [...ALWAYS, ...STARTED, ...REAPED, 'terminatingSignal', 'annotation']);
	assert.equal(info.state, 'Failed');
	assert.equal(info.subState, `signaled:${signal}`);
	assert.equal(info.terminatingSignal, signal);
	const core = details.coreDumped ? ', core dumped' : '';
	const request = details.terminated ? ', terminate was requested' : '';
	assert.equal(info.annotation, `ended by ${signal}${core}${request}`);
	assertReaped(info, details.coreDumped ? ['core_dumped'] : []);
	if (details.coreDumped) {
		assert.equal(info.extensionList['core_dumped'], 'true');
	}
}

/** The job was terminated before it had a process. */
export function assertCancelled(info: JobInfo): void {
	assertFields(info, [...ALWAYS, 'subState', 'annotation', 'finishTime']);
	assert.equal(info.state, 'Failed');
	assert.equal(info.subState, 'terminated');
	assert.equal(info.annotation, 'terminated before it was started');
	assertNeverStarted(info);
}

/** The job's turn came, and its program could not be started. */
export function assertLaunchFailed(info: JobInfo, stage: string, errno: string): void {
	assertFields(info, [...ALWAYS, 'subState', 'annotation', 'finishTime']);
	assert.equal(info.state, 'Failed');
	assert.equal(info.subState, `launch:${stage}:${errno}`);
	assert.match(info.annotation ?? '', new RegExp(`^job ${info.id}: .+ \\(${errno}\\): .+`));
	assertNeverStarted(info);
}

/** The job has a process. */
export function assertStarted(info: JobInfo, state: 'Running' | 'Suspended', subState?: string): void {
	assertFields(info, [...ALWAYS, ...STARTED, 'cpuTime', ...(subState === undefined ? [] : ['subState'])]);
	assert.equal(info.state, state);
	assert.equal(info.subState, subState);
	assertCommon(info);
	assertDispatch(info);
	assertLive(info);
}

/** What a running job uses now is marked as such. */
function assertLive({ cpuTime, extensionList }: JobInfo): void {
	assert.deepEqual(Object.keys(extensionList).sort(), ['live', 'memory_usage_rss', 'pid', 'process_count', 'uid']);
	assert.ok(cpuTime !== undefined && cpuTime >= 0);
	assert.equal(extensionList['live'], 'true');
	assert.ok(Number(extensionList['process_count']) >= 0);
	assert.ok(Number(extensionList['memory_usage_rss']) >= 0);
}

/** The job waits for its turn. */
export function assertWaiting(info: JobInfo, state: 'Queued' | 'QueuedHeld'): void {
	assertFields(info, ALWAYS);
	assert.equal(info.state, state);
	assertCommon(info);
	assert.deepEqual(info.allocatedMachines, []);
	assert.deepEqual(Object.keys(info.extensionList), ['uid']);
}

/** Exactly these; all others must be absent, not undefined. */
function assertFields(info: JobInfo, expected: readonly string[]): void {
	assert.deepEqual(Object.keys(info).sort(), [...expected].sort());
}

function assertCommon(info: JobInfo): void {
	assert.match(info.id, /^[1-9]\d*(\.[1-9]\d*)?$/);
	assert.equal(info.submissionMachine, hostname());
	assert.equal(info.jobOwner, userInfo().username);
	assert.ok(info.submissionTime instanceof Date);
	assert.equal(info.extensionList['uid'], String(process.getuid?.()));
	for (const part of [info, info.allocatedMachines, info.extensionList]) {
		assert.ok(Object.isFrozen(part));
	}
}

function assertDispatch(info: JobInfo): void {
	assert.equal(info.slots, 1);
	assert.deepEqual(info.allocatedMachines, [hostname()]);
	assert.match(info.extensionList['pid'] ?? '', /^[1-9]\d*$/);
	assert.ok(info.dispatchTime instanceof Date && info.submissionTime instanceof Date);
	assert.ok(info.submissionTime <= info.dispatchTime, 'dispatched before it was submitted');
	assert.ok(info.wallclockTime !== undefined && info.wallclockTime >= 0);
}

function assertNeverStarted(info: JobInfo): void {
	assertCommon(info);
	assert.deepEqual(info.allocatedMachines, []);
	assert.deepEqual(Object.keys(info.extensionList), ['uid']);
	assert.ok(info.finishTime instanceof Date && info.submissionTime instanceof Date);
	assert.ok(info.submissionTime <= info.finishTime, 'ended before it was submitted');
}

function assertReaped(info: JobInfo, extensions: readonly string[]): void {
	assertCommon(info);
	assertDispatch(info);
	assert.ok(info.finishTime instanceof Date && info.dispatchTime instanceof Date);
	assert.ok(info.dispatchTime <= info.finishTime, 'ended before it was dispatched');
	const { resourceUsage: usage, extensionList } = info;
	assert.ok(usage !== undefined && Object.isFrozen(usage));
	assert.deepEqual(Object.keys(usage).sort(), Object.keys(process.resourceUsage()).sort());
	for (const [name, value] of Object.entries(usage)) {
		assert.ok(Number.isFinite(value) && value >= 0, `${name} is ${value}`);
	}
	assert.equal(info.cpuTime, (usage.userCPUTime + usage.systemCPUTime) / 1e3);
	assert.deepEqual(Object.keys(extensionList).sort(), ['pid', 'uid', ...USAGE_EXTENSIONS, ...extensions].sort());
	assert.equal(extensionList['ru_maxrss'], String(usage.maxRSS));
	assert.equal(extensionList['ru_swap'], String(usage.swappedOut));
	assert.equal(extensionList['ru_inblock'], String(usage.fsRead));
	assert.equal(extensionList['ru_outblock'], String(usage.fsWrite));
	assert.equal(extensionList['system_time_ms'], String(usage.systemCPUTime / 1e3));
	assert.equal(extensionList['user_time_ms'], String(usage.userCPUTime / 1e3));
}
