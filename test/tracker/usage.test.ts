import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
	assertExited,
	assertNoChildren,
	compile,
	runJob,
	shell,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('processor time is that of the job and of the descendants it has waited for', async (t) => {
	const tracker = await withTracker(t);
	const directory = await temporaryDirectory(t);
	const burn = compile('burn.c', directory);
	const own = await runJob(tracker, { remoteCommand: burn, args: ['150'] });
	assertExited(own, 0);
	assert.ok(own.cpuTime! >= 150, `${own.cpuTime} ms of 150`);
	const family = await runJob(tracker, shell(`"${burn}" 100; ("${burn}" 50)`));
	assertExited(family, 0);
	assert.ok(family.cpuTime! >= 150, `${family.cpuTime} ms of 150 in descendants`);
	const idle = await runJob(tracker, { remoteCommand: '/bin/true' });
	assert.ok(idle.cpuTime! < own.cpuTime!);
});

test('peak memory is that of the job, not of Node', async (t) => {
	const tracker = await withTracker(t);
	const ballast = Buffer.alloc(200 * 2 ** 20, 1);
	const info = await runJob(tracker, { remoteCommand: '/bin/true' });
	assertExited(info, 0);
	assert.ok(info.resourceUsage!.maxRSS < 16 * 1024, `${info.resourceUsage!.maxRSS} KB`);
	assert.ok(process.memoryUsage().rss > ballast.length);
	const big = await runJob(tracker, { remoteCommand: '/usr/bin/head', args: ['-c', '1', '/dev/zero'] });
	assert.ok(big.resourceUsage!.maxRSS < 16 * 1024);
});
