import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMachine } from '../../src/native/procfs.js';
import { recordedProcessors, type Tree, unpack, withOffline } from './recorded-machine.js';

type Layout = readonly [sockets: number | undefined, cores: number | undefined, threads: number | undefined];

async function layoutOf(root: string): Promise<Layout> {
	const { sockets, coresPerSocket, threadsPerCore } = await readMachine(root);
	return [sockets, coresPerSocket, threadsPerCore];
}

const MACHINES: readonly (readonly [string, string, Layout, number])[] = [
	['virtual-machine', 'one socket without threads', [1, 2, 1], 2],
	['core-i5-hyper-threading', 'one socket with two threads per core', [1, 2, 2], 4],
	['xeon-x7550-4-sockets', 'sockets that take turns in the numbering, with gaps in their ids', [4, 8, 2], 64],
	['epyc-7451-2-sockets', 'core ids with gaps, the second threads after all first', [2, 24, 2], 96],
	['opteron-6328-2-sockets', 'a core id in every socket', [2, 4, 2], 16],
	['power7-16-sockets', 'a socket id of -1 for all', [16, 1, 4], 64],
	['cortex-a15', 'the names of an old kernel, on ARM', [1, 2, 1], 2],
	// An older kernel of ARM shows each cluster as a socket.
	['arm-clusters', 'clusters of 3, 4 and 1 cores', [3, 4, 1], 8],
	['s390-lpar', 'sockets of different sizes', [2, 6, 1], 8],
];

for (const [name, what, layout, cpus] of MACHINES) {
	test(`${name}: ${what}`, async (t) => {
		const root = await unpack(t, recordedProcessors(name));
		assert.deepEqual(await layoutOf(root), layout);
		assert.equal((await readMachine(root)).processors.split(' ').length, cpus);
	});
}

test('the second threads are offline', async (t) => {
	const tree = withOffline(recordedProcessors('epyc-7451-2-sockets'), (cpu) => cpu >= 48);
	assert.deepEqual(await layoutOf(await unpack(t, tree)), [2, 24, 1]);
});

test('one thread of one core is offline', async (t) => {
	const tree = withOffline(recordedProcessors('core-i5-hyper-threading'), (cpu) => cpu === 3);
	const root = await unpack(t, tree);
	assert.deepEqual(await layoutOf(root), [1, 2, 2]);
	assert.equal((await readMachine(root)).processors, '0 1 2');
});

test('a whole socket is offline', async (t) => {
	const tree = withOffline(recordedProcessors('xeon-x7550-4-sockets'), (cpu) => cpu % 4 === 1);
	assert.deepEqual(await layoutOf(await unpack(t, tree)), [3, 8, 2]);
});

test('all but the first processor are offline', async (t) => {
	const tree = withOffline(recordedProcessors('opteron-6328-2-sockets'), (cpu) => cpu > 0);
	assert.deepEqual(await layoutOf(await unpack(t, tree)), [1, 1, 1]);
});

test('without /sys nothing is made up', async (t) => {
	const tree: Tree = { 'proc/stat': 'cpu 1 2\ncpu0 1 2\ncpu1 1 2\nintr 5' };
	const root = await unpack(t, tree);
	assert.deepEqual(await layoutOf(root), [undefined, undefined, undefined]);
	assert.equal((await readMachine(root)).processors, '0 1');
	const empty = await readMachine(await unpack(t, {}));
	assert.equal(empty.processors, '');
	assert.equal(empty.load, undefined);
	assert.equal(empty.memory, undefined);
});
