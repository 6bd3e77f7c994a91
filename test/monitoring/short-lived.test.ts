import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { assertNoChildren, compile, temporaryDirectory, waitUntil, withTracker } from '../support/index.js';

after(assertNoChildren);

const PROCESSES = 5000;

function descriptors(): number {
	return readdirSync('/proc/self/fd').length;
}

test(`${PROCESSES} processes are born and die while it reads`, async (t) => {
	const program = compile('breed.c', await temporaryDirectory(t));
	const tracker = await withTracker(t);
	await tracker.snapshot();
	const before = descriptors();
	let bred: string | undefined;
	const breeding = promisify(execFile)(program, [String(PROCESSES), '8']).then(({ stdout }) => {
		bred = stdout;
	});
	const self = String(process.pid);
	let last: string | undefined;
	let readings = 0;
	let newcomers = 0;
	for await (const { processes, appeared } of tracker.watch({ interval: 20 })) {
		readings++;
		newcomers += readings > 1 ? appeared.length : 0;
		// Every way of reading, and every value of what is found.
		const infos = processes.map((found) => found.info());
		assert.ok(infos.some(({ id }) => id === self));
		for (const { extensionList, cpuTime, wallclockTime } of infos) {
			assert.equal(typeof extensionList['name'], 'string');
			assert.ok(cpuTime! >= 0 && wallclockTime! >= 0);
		}
		assert.ok((await tracker.getAllJobIds({ state: 'Running' })).includes(self));
		last = appeared.at(-1)?.id ?? last;
		if (last !== undefined) {
			// It has most likely ended by now.
			await tracker.jobInfoFromMonitor(last).catch((error: { code?: string }) => {
				assert.equal(error.code, 'InvalidArgument');
			});
		}
		if (bred !== undefined) {
			break;
		}
	}
	await breeding;
	assert.equal(bred, `${PROCESSES}\n`);
	assert.ok(newcomers > 0, `none was seen in ${readings} readings`);
	await waitUntil(() => descriptors() <= before, 'no descriptor is left open');
});
