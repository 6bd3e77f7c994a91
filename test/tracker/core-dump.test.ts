import { after, test } from 'node:test';
import {
	assertKilled,
	assertNoChildren,
	read,
	runJob,
	shell,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

test('a core dump is noted', async (t) => {
	const pattern = read('/proc/sys/kernel/core_pattern').trim();
	if (pattern.startsWith('|') || pattern.startsWith('/')) {
		t.skip(`core dumps do not go to the working directory here: core_pattern is ${pattern}`);
		return;
	}
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	const info = await runJob(tracker, shell('ulimit -c unlimited || exit 3; kill -SEGV $$', { workingDirectory }));
	if (info.exitStatus === 3) {
		t.skip('the hard limit RLIMIT_CORE does not allow core dumps here');
		return;
	}
	assertKilled(info, 'SIGSEGV', { coreDumped: true });
});

test('without a core dump nothing is noted', async (t) => {
	const tracker = await withTracker(t);
	const workingDirectory = await temporaryDirectory(t);
	assertKilled(await runJob(tracker, shell('ulimit -c 0; kill -KILL $$', { workingDirectory })), 'SIGKILL');
});
