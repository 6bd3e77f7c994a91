import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import {
	AS_NOBODY,
	assertNoChildren,
	LONG,
	pidOf,
	processFacts,
	runNode,
	unreachableForNobody,
	waitUntil,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

const ROOT_ONLY = process.getuid?.() !== 0 && 'only root can become another user';

test("another user's process has no working directory, and all the rest", {
	skip: ROOT_ONLY || unreachableForNobody(),
}, async (t) => {
	const tracker = await withTracker(t);
	const id = String(await pidOf(tracker, await tracker.addJob(LONG)));
	await waitUntil(() => processFacts(id)?.name === 'sleep', 'it is executed');
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say }, id) => {
			const tracker = await ProcessTracker.open('nobody');
			const { jobOwner, state, extensionList } = await tracker.jobInfoFromMonitor(id);
			say([jobOwner, state, extensionList]);
			const own = await tracker.jobInfoFromMonitor(String(process.pid));
			say([own.extensionList['uid'], own.extensionList['workingdir']]);
			say((await tracker.getAllJobIds({ jobOwner: 'root', id })).length);
			say((await tracker.getAllMachines()).length);
		},
		{ wrapper: AS_NOBODY, argument: id },
	);
	const [jobOwner, state, extensions] = said[0] as [string, string, Record<string, string>];
	assert.deepEqual([jobOwner, state], ['root', 'Running']);
	assert.equal('workingdir' in extensions, false);
	assert.deepEqual([extensions['name'], extensions['commandline'], extensions['uid']], ['sleep', '/bin/sleep 60', '0']);
	assert.ok(Number(extensions['memory_usage_rss']) > 0);
	assert.deepEqual(said.slice(1), [['65534', process.cwd()], 1, 1]);
});

/** A mount namespace of its own, in which /proc shows each user his own processes only. */
const HIDEPID = ['unshare', '--mount', 'sh', '-c', 'mount -t proc -o hidepid=2 proc /proc && exec "$@"', 'sh'];

const cannotHide =
	ROOT_ONLY ||
	unreachableForNobody() ||
	(spawnSync(HIDEPID[0]!, [...HIDEPID.slice(1), 'true']).status !== 0 && 'no mount namespace can be made here');

test('with hidepid=2 a user sees his own processes, and no error', { skip: cannotHide }, async (t) => {
	const tracker = await withTracker(t);
	const foreign = String(await pidOf(tracker, await tracker.addJob(LONG)));
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say, LONG, pidOf }, foreign) => {
			const tracker = await ProcessTracker.open('nobody');
			const job = await tracker.addJob({ ...LONG, workingDirectory: '/' });
			const own = String(await pidOf(tracker, job));
			const { processes } = await tracker.snapshot();
			say([...new Set(processes.map(({ uid }) => uid))]);
			const ids = await tracker.getAllJobIds();
			say([ids.includes(String(process.pid)), ids.includes(own), ids.includes(foreign), ids.includes('1')]);
			say(await tracker.jobInfoFromMonitor(foreign).catch(({ code }) => code));
			say((await tracker.jobInfoFromMonitor(own)).extensionList['job_id'] === job);
			say((await tracker.jobInfo(job)).extensionList['process_count']);
			await tracker.jobControl(job, 'terminate');
			await tracker.wait(job, ['Failed']);
		},
		{ wrapper: [...HIDEPID, ...AS_NOBODY], argument: foreign },
	);
	assert.deepEqual(said, [[65534], [true, true, false, false], 'InvalidArgument', true, '1']);
});

test('without /proc the reading fails, and what is known of a job is told', { skip: cannotHide }, async (t) => {
	const noProc = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /proc && exec "$@"', 'sh'];
	const { said } = await runNode(
		t,
		async ({ ProcessTracker, say, LONG }) => {
			const tracker = await ProcessTracker.open('no proc');
			for (const read of [() => tracker.getAllJobIds(), () => tracker.snapshot()]) {
				await read().catch(({ name, code, errno, message }) => say([name, code, errno, /mounted/.test(message)]));
			}
			const job = await tracker.addJob(LONG);
			const { state, cpuTime, annotation } = await tracker.jobInfo(job);
			say([state, cpuTime ?? 'unknown', /what the job uses now is not known/.test(annotation ?? '')]);
			await tracker.jobControl(job, 'terminate');
			await tracker.wait(job, ['Failed']);
			say((await tracker.jobInfo(job)).annotation);
		},
		{ wrapper: noProc },
	);
	assert.deepEqual(said, [
		['Drmaa2Error', 'Internal', 'ENOENT', true],
		['Drmaa2Error', 'Internal', 'ENOENT', true],
		['Running', 'unknown', true],
		'ended by SIGKILL, terminate was requested',
	]);
});
