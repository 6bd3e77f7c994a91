import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { assertNoChildren, read, startNode, waitUntil } from '../support/index.js';

after(assertNoChildren);

interface Controller {
	readonly folder: string;
	readonly limits: Readonly<Record<string, string>>;
}

/** Control groups of version 1, where they are mounted one by one. */
const CONTROLLERS: readonly Controller[] = [
	{ folder: '/sys/fs/cgroup/memory', limits: { 'memory.limit_in_bytes': '536870912' } },
	{ folder: '/sys/fs/cgroup/pids', limits: { 'pids.max': '200' } },
	{ folder: '/sys/fs/cgroup/cpu', limits: { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '150000' } },
];

/** A control group for one test, below the own group of this process. */
function makeGroup(t: TestContext, { folder, limits }: Controller): string {
	const controller = folder.slice(folder.lastIndexOf('/') + 1);
	const own = read('/proc/self/cgroup')
		.split('\n')
		.find((line) => line.split(':')[1]?.split(',').includes(controller));
	const group = join(folder, own?.split(':')[2] ?? '/', `job-test-${process.pid}`);
	mkdirSync(group);
	t.after(() => waitUntil(() => removed(group), 'the control group is empty again'));
	for (const [file, value] of Object.entries(limits)) {
		writeFileSync(join(group, file), value);
	}
	return group;
}

function removed(group: string): boolean {
	try {
		rmdirSync(group);
		return true;
	} catch {
		return false;
	}
}

const skip =
	(process.getuid?.() !== 0 && 'only root can make control groups') ||
	(!CONTROLLERS.every(({ folder }) => existsSync(join(folder, 'tasks'))) &&
		'there are no control groups of version 1 to make groups in');

test('the limits of the control groups that Node is in are told', { skip }, async (t) => {
	const groups = CONTROLLERS.map((controller) => makeGroup(t, controller));
	const node = startNode(t, async ({ ProcessTracker, say, waitUntil }) => {
		const { readFileSync } = await import('node:fs');
		say('ready');
		await waitUntil(() => readFileSync('/proc/self/cgroup', 'utf8').match(/job-test/g)?.length === 3);
		const tracker = await ProcessTracker.open('limited');
		const [machine] = await tracker.getAllMachines();
		say(machine?.extensionList);
		await tracker.close();
	});
	assert.equal(await node.next(), 'ready');
	for (const group of groups) {
		writeFileSync(join(group, 'cgroup.procs'), String(node.pid));
	}
	const found = await node.next<Record<string, string>>();
	assert.equal(found['cgroup_memory_bytes'], '536870912');
	assert.equal(found['cgroup_processes'], '200');
	assert.equal(found['cgroup_cpu_limit'], '1.5');
	assert.match(found['cgroup_version'] ?? '', /^1/);
	assert.equal((await node.ended).code, 0);
});
