import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertNoChildren, makeFifo, runNode, startNode, temporaryDirectory } from '../support/index.js';

after(assertNoChildren);

/** Node's own pipes are sockets; a shell's are pipes. */
const PIPE = ['/bin/sh', '-c', '"$@" | cat', 'sh'];

for (const [what, wrapper] of [
	['a socket', []],
	['a pipe', PIPE],
] as const) {
	test(`/dev/stdout and /dev/stderr are those of the tracker: ${what}`, async (t) => {
		const { stdout, stderr } = await runNode(
			t,
			async ({ ProcessTracker, shell, runJob }) => {
				const tracker = await ProcessTracker.open('streams');
				const streams = { outputPath: '/dev/stdout', errorPath: '/dev/stderr' };
				await runJob(tracker, shell('echo to output; echo to error >&2', streams));
				await runJob(tracker, shell('echo crossed; echo joined >&2', { outputPath: '/dev/stderr', joinFiles: true }));
				await tracker.close();
			},
			{ wrapper },
		);
		assert.equal(stdout, 'to output\n');
		assert.equal(stderr, 'to error\ncrossed\njoined\n');
	});
}

test('/dev/stdin is that of the tracker', async (t) => {
	const node = startNode(t, async ({ ProcessTracker, runJob }) => {
		const tracker = await ProcessTracker.open('streams');
		await runJob(tracker, { remoteCommand: '/bin/cat', inputPath: '/dev/stdin', outputPath: '/dev/stdout' });
		await tracker.close();
	});
	node.child.stdin?.end('handed through');
	assert.equal((await node.ended).stdout, 'handed through');
});

for (const attribute of ['inputPath', 'outputPath', 'errorPath'] as const) {
	test(`a stream of the wrong direction as ${attribute} is refused`, async (t) => {
		const { said } = await runNode(
			t,
			async ({ ProcessTracker, say }, name) => {
				const tracker = await ProcessTracker.open('streams');
				const path = name === 'inputPath' ? '/dev/stdout' : '/dev/stdin';
				await tracker.addJob({ remoteCommand: '/bin/cat', [name]: path }).catch(({ code, attribute }) => {
					say([code, attribute]);
				});
			},
			{ argument: attribute },
		);
		assert.deepEqual(said, [['InvalidArgument', attribute]]);
	});
}

for (const kind of ['pipe', 'socket'] as const) {
	test(`a job that fills the ${kind} of the tracker is blocked, and gets no EAGAIN`, async (t) => {
		const gate = makeFifo(await temporaryDirectory(t));
		// Nothing is read before the gate opens. A child_process has a socket for its output.
		const reader = kind === 'pipe' ? '"$@" | (read x < "$GATE"; wc -c)' : 'exec "$@"';
		const node = startNode(
			t,
			async ({ ProcessTracker, endOf, pidOf, processFacts, shell, waitUntil }) => {
				const { openSync, writeSync } = await import('node:fs');
				// This makes libuv set O_NONBLOCK, and the pipe is shared with the job.
				process.stdout.write('.');
				const tracker = await ProcessTracker.open('streams');
				const job = shell('exec head -c 1048576 /dev/zero', { outputPath: '/dev/stdout', errorPath: '/dev/stderr' });
				try {
					const id = await tracker.addJob(job);
					const pid = await pidOf(tracker, id);
					const isBlocked = async () =>
						(await tracker.jobState(id)).state !== 'Running' || processFacts(pid)?.state === 'S';
					await waitUntil(isBlocked);
				} finally {
					if (process.env['GATE'] !== undefined) {
						writeSync(openSync(process.env['GATE'], 'w'), 'open\n');
					}
				}
				await endOf(tracker, '1');
				await tracker.close();
			},
			{ wrapper: ['/bin/sh', '-c', reader, 'sh'], env: kind === 'pipe' ? { GATE: gate } : {} },
		);
		const { stdout, stderr } = await node.ended;
		assert.equal(stderr, '');
		assert.equal(kind === 'pipe' ? Number(stdout) : stdout.length, 1 + 1_048_576);
	});
}
