import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileC } from './lib/compile-c.js';
import { machineFacts } from './lib/machine-facts.js';
import { markdownList } from './lib/markdown-list.js';
import { outputFolder } from './lib/package-root.js';
import { measureRounds } from './measure-rounds.js';
import { label } from './questions/figures.js';
import type { Result } from './questions/question.js';
import { questions } from './questions/questions.js';
import { attendance } from './rivals/attendance.js';
import { rivals } from './rivals/rivals.js';

const { values: options, positionals: asked } = parseArgs({
	options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
	allowPositionals: true,
});
const unknown = asked.filter((name) => !(name in questions));
if (unknown.length > 0) {
	console.error(`No such question: ${unknown.join(', ')}. There are: ${Object.keys(questions).join(', ')}.`);
	process.exit(2);
}

const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
if (!Number.isInteger(rounds) || rounds < 1) {
	console.error(`--rounds is ${options.rounds}: pass a whole number from 1.`);
	process.exit(2);
}
const machine = machineFacts();
const { versions, missing } = await attendance();

console.log(markdownList({ ...machine, rounds }));
for (const { name } of rivals) console.log(`- ${label(name)}: ${versions[name] ?? `left out, ${missing[name]}`}`);
for (const name of asked.length > 0 ? asked : Object.keys(questions)) await ask(name);

async function ask(name: string): Promise<void> {
	const question = await questions[name]?.();
	if (question === undefined) return;
	console.log(`\n## ${name}\n\n${question.asks}\n`);
	try {
		for (const program of question.programs) await compileC(program, 'static');
		for (const program of question.barePrograms ?? []) await compileC(program, 'bare');
	} catch (error) {
		console.log(`Left out, its job does not compile: ${error}`);
		return;
	}
	const plan = question.plan(options.quick).filter(({ rival }) => versions[rival] !== undefined);
	const results = await measureRounds(name, plan, rounds);
	console.log(question.report(results));
	reportFailures(results);
	save(name, results);
}

// What fails, fails mostly in every scenario for one and the same reason.
function reportFailures(results: readonly Result[]): void {
	const reasons = results.flatMap(({ rival, failure }) =>
		failure === undefined ? [] : [`\nFailed: ${label(rival)}\n\n    ${failure.replaceAll('\n', '\n    ')}`],
	);
	for (const reason of new Set(reasons)) console.log(reason);
}

function save(name: string, results: readonly Result[]): void {
	mkdirSync(outputFolder, { recursive: true });
	const record = { question: name, machine, versions, missing, rounds, quick: options.quick, results };
	writeFileSync(join(outputFolder, `${name}.json`), `${JSON.stringify(record, null, '\t')}\n`);
}
