import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
	assertExited,
	assertKilled,
	assertNoChildren,
	endOf,
	LONG,
	pidOf,
	read,
	runJob,
	shell,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

/** By number, as signal(7) has them; those that do not end a process by default are not in the list. */
const TERMINATING: readonly (readonly [number, string])[] = [
	[1, 'SIGHUP'],
	[2, 'SIGINT'],
	[3, 'SIGQUIT'],
	[4, 'SIGILL'],
	[5, 'SIGTRAP'],
	[6, 'SIGABRT'],
	[7, 'SIGBUS'],
	[8, 'SIGFPE'],
	[9, 'SIGKILL'],
	[10, 'SIGUSR1'],
	[11, 'SIGSEGV'],
	[12, 'SIGUSR2'],
	[13, 'SIGPIPE'],
	[14, 'SIGALRM'],
	[15, 'SIGTERM'],
	[16, 'SIGSTKFLT'],
	[24, 'SIGXCPU'],
	[25, 'SIGXFSZ'],
	[26, 'SIGVTALRM'],
	[27, 'SIGPROF'],
	[29, 'SIGIO'],
	[30, 'SIGPWR'],
	[31, 'SIGSYS'],
	[34, 'SIGRTMIN'],
	[35, 'SIGRTMIN+1'],
	[37, 'SIGRTMIN+3'],
	[50, 'SIGRTMIN+16'],
	[63, 'SIGRTMIN+29'],
	[64, 'SIGRTMIN+30'],
];
const IGNORED = [17, 18, 23, 28];

let coreGoesToProgram: boolean;

before(() => {
	coreGoesToProgram = read('/proc/sys/kernel/core_pattern').startsWith('|');
});

for (const [number, name] of TERMINATING) {
	test(`signal ${number} that ends a job is reported as ${name}`, async (t) => {
		const tracker = await withTracker(t);
		const info = await runJob(tracker, shell(`ulimit -c 0; kill -${number} $$; exit 9`));
		// A core that is handed to a program is not subject to the limit.
		const coreDumped = coreGoesToProgram && info.extensionList['core_dumped'] !== undefined;
		assertKilled(info, name, { coreDumped });
	});
}

for (const number of IGNORED) {
	test(`signal ${number}, which ends nothing by default, ends no job`, async (t) => {
		const tracker = await withTracker(t);
		assertExited(await runJob(tracker, shell(`kill -${number} $$; exit 9`)), 9);
	});
}

test('a signal from outside is reported like any other', async (t) => {
	const tracker = await withTracker(t);
	const id = await tracker.addJob(LONG);
	process.kill(await pidOf(tracker, id), 'SIGTERM');
	assertKilled(await endOf(tracker, id), 'SIGTERM');
});

test('a signal that the job handles is an exit', async (t) => {
	const tracker = await withTracker(t);
	assertExited(await runJob(tracker, shell('trap "exit 7" TERM; kill -TERM $$; exit 9')), 7);
});

test('an exit code above 128 is no signal', async (t) => {
	const tracker = await withTracker(t);
	const info = await runJob(tracker, shell('sh -c "kill -9 \\$\\$"; exit $?'));
	assertExited(info, 137);
	assert.equal(Object.hasOwn(info, 'terminatingSignal'), false);
});
