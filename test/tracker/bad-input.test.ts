import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Drmaa2ErrorCode, JobTemplate, ProcessTracker } from '../../src/index.js';
import {
	assertExited,
	assertNoChildren,
	LONG,
	runJob,
	shell,
	temporaryDirectory,
	withTracker,
} from '../support/index.js';

after(assertNoChildren);

const isRoot = process.getuid?.() === 0;

interface Case {
	readonly what: string;
	readonly template: unknown;
	readonly code?: Drmaa2ErrorCode;
	readonly attribute: string | undefined;
	readonly remedy: RegExp;
	/** A reason not to run it. */
	readonly skip?: string | false;
}

function job(more: object): unknown {
	return { remoteCommand: '/bin/sh', args: ['-c', 'echo started > trace'], ...more };
}

// `DIR` is a fresh directory: the working directory, unless the case says another.
const CASES: readonly Case[] = [
	{ what: 'no template', template: undefined, attribute: undefined, remedy: /pass at least/ },
	{ what: 'a list as template', template: ['/bin/true'], attribute: undefined, remedy: /pass at least/ },
	{ what: 'no command', template: {}, attribute: 'remoteCommand', remedy: /name the program/ },
	{ what: 'an empty command', template: { remoteCommand: '' }, attribute: 'remoteCommand', remedy: /name the program/ },
	{
		what: 'a command of null',
		template: { remoteCommand: null },
		attribute: 'remoteCommand',
		remedy: /leave it out|name/,
	},
	{ what: 'NUL in the command', template: { remoteCommand: 'a\0b' }, attribute: 'remoteCommand', remedy: /remove it/ },
	{ what: 'NUL in an argument', template: job({ args: ['a\0b'] }), attribute: 'args', remedy: /remove it/ },
	{
		what: 'NUL in a variable',
		template: job({ jobEnvironment: { A: '\0' } }),
		attribute: 'jobEnvironment',
		remedy: /remove/,
	},
	{
		what: 'NUL in a name',
		template: job({ jobEnvironment: { 'A\0': '' } }),
		attribute: 'jobEnvironment',
		remedy: /remove/,
	},
	{ what: 'NUL in a path', template: job({ outputPath: 'a\0' }), attribute: 'outputPath', remedy: /remove it/ },
	{ what: 'NUL in the job name', template: job({ jobName: '\0' }), attribute: 'jobName', remedy: /remove it/ },
	{
		what: "'=' in a name",
		template: job({ jobEnvironment: { 'A=B': '' } }),
		attribute: 'jobEnvironment',
		remedy: /rename/,
	},
	{
		what: 'an empty name',
		template: job({ jobEnvironment: { '': 'x' } }),
		attribute: 'jobEnvironment',
		remedy: /give the/,
	},
	{ what: 'a number as argument', template: job({ args: ['-c', 5] }), attribute: 'args', remedy: /String\(\)/ },
	{ what: 'a string of arguments', template: job({ args: '-c' }), attribute: 'args', remedy: /into an array/ },
	{
		what: 'a number as variable',
		template: job({ jobEnvironment: { A: 1 } }),
		attribute: 'jobEnvironment',
		remedy: /String/,
	},
	{ what: 'a string as flag', template: job({ joinFiles: 'yes' }), attribute: 'joinFiles', remedy: /true or false/ },
	{ what: 'an empty path', template: job({ inputPath: '' }), attribute: 'inputPath', remedy: /give a path/ },
	{ what: 'a typo', template: job({ outputpath: 'x' }), attribute: 'outputpath', remedy: /outputPath/ },
	{
		what: 'an attribute that comes later',
		template: job({ resourceLimits: { CPU_TIME: '1' } }),
		code: 'UnsupportedAttribute',
		attribute: 'resourceLimits',
		remedy: /leave it out/,
	},
	{
		what: 'a directory as command',
		template: { remoteCommand: '/tmp' },
		attribute: 'remoteCommand',
		remedy: /directory/,
	},
	{
		what: 'a file that is no program',
		template: { remoteCommand: 'DIR/plain' },
		attribute: 'remoteCommand',
		remedy: /exec/,
	},
	{
		what: 'a command that is missing',
		template: { remoteCommand: '/nowhere' },
		attribute: 'remoteCommand',
		remedy: /:/,
	},
	{
		what: 'a name PATH does not know',
		template: { remoteCommand: 'no-such' },
		attribute: 'remoteCommand',
		remedy: /PATH/,
	},
	{
		what: 'a missing directory',
		template: job({ workingDirectory: '/nowhere' }),
		attribute: 'workingDirectory',
		remedy: /create/,
	},
	{
		what: 'a file as directory',
		template: job({ workingDirectory: 'DIR/plain' }),
		attribute: 'workingDirectory',
		remedy: /correct/,
	},
	{
		what: 'a relative directory',
		template: job({ workingDirectory: 'tmp' }),
		attribute: 'workingDirectory',
		remedy: /resolve/,
	},
	{
		what: 'a forbidden directory',
		template: job({ workingDirectory: 'DIR/locked' }),
		attribute: 'workingDirectory',
		remedy: /permission/,
		skip: isRoot && 'root may enter every directory',
	},
	{
		what: 'an output in a read-only directory',
		template: job({ outputPath: 'DIR/readonly/out' }),
		attribute: 'outputPath',
		remedy: /permission/,
		skip: isRoot && 'root may write everywhere',
	},
	{
		what: 'a missing input',
		template: job({ inputPath: 'nowhere' }),
		attribute: 'inputPath',
		remedy: /correct inputPath/,
	},
	{ what: 'an output nowhere', template: job({ outputPath: 'no/out' }), attribute: 'outputPath', remedy: /directory/ },
	{
		what: 'an error file nowhere',
		template: job({ errorPath: 'no/err' }),
		attribute: 'errorPath',
		remedy: /directory/,
	},
	{
		what: 'a directory as output',
		template: job({ outputPath: 'DIR' }),
		attribute: 'outputPath',
		remedy: /name a file/,
	},
	{
		what: 'output as input',
		template: job({ inputPath: 'plain', outputPath: 'plain' }),
		attribute: 'inputPath',
		remedy: /another/,
	},
	{
		what: 'error as input',
		template: job({ inputPath: 'plain', errorPath: 'plain' }),
		attribute: 'inputPath',
		remedy: /another/,
	},
	{
		what: 'an argument too long',
		template: job({ args: ['x'.repeat(131_072)] }),
		attribute: 'args',
		remedy: /in a file/,
	},
	{
		what: 'arguments too long together',
		template: job({ args: Array.from({ length: 70 }, () => 'x'.repeat(100_000)) }),
		attribute: 'args',
		remedy: /in a file/,
	},
	{
		what: 'an environment too large',
		template: job({
			jobEnvironment: Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`V${i}`, 'x'.repeat(1e5)])),
		}),
		attribute: 'jobEnvironment',
		remedy: /in a file/,
	},
];

/** The ways to submit a job: it starts at once, it has to wait for its turn, it is held. */
const WAYS = ['started at once', 'queued', 'held'] as const;

let plain: string;

before(() => {
	plain = '#!/bin/sh\nexit 0\n';
});

async function prepare(directory: string) {
	await writeFile(join(directory, 'plain'), plain, { mode: 0o644 });
	await mkdir(join(directory, 'locked'));
	await mkdir(join(directory, 'readonly'));
	await chmod(join(directory, 'locked'), 0);
	await chmod(join(directory, 'readonly'), 0o555);
}

function placed(template: unknown, directory: string, submitAsHold: boolean): JobTemplate {
	if (typeof template !== 'object' || template === null || Array.isArray(template)) {
		return template as JobTemplate;
	}
	const text = JSON.stringify({ workingDirectory: directory, ...template, ...(submitAsHold && { submitAsHold }) });
	return JSON.parse(text.replaceAll('"DIR', `"${directory}`));
}

async function assertRefused(tracker: ProcessTracker, template: JobTemplate, { code, attribute, remedy }: Case) {
	await assert.rejects(tracker.addJob(template), (error: Error) => {
		assert.equal(error.name, 'Drmaa2Error', String(error));
		assert.equal(Reflect.get(error, 'code'), code ?? 'InvalidArgument');
		assert.equal(Reflect.get(error, 'attribute'), attribute);
		assert.match(error.message, remedy);
		return true;
	});
}

for (const one of CASES) {
	for (const way of WAYS) {
		test(`${one.what} is refused: ${way}`, { skip: one.skip }, async (t) => {
			const tracker = await withTracker(t, { maxRunning: 1 });
			const directory = await temporaryDirectory(t);
			await prepare(directory);
			const names = (await readdir(directory)).sort();
			const others = way === 'queued' ? [await tracker.addJob(LONG)] : [];
			await assertRefused(tracker, placed(one.template, directory, way === 'held'), one);
			assert.deepEqual(await tracker.listJobs(), others);
			assert.deepEqual((await readdir(directory)).sort(), names);
			for (const id of others) {
				await tracker.jobControl(id, 'terminate');
			}
			assertExited(await runJob(tracker, shell('exit 0')), 0);
		});
	}
}
