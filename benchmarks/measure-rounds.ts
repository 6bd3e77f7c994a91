import { fileURLToPath } from 'node:url';
import { runProgram } from './lib/run-program.js';
import { timeLimit } from './lib/time-limit.js';
import type { Measurement, Result, Sample } from './questions/question.js';
import { rivals } from './rivals/rivals.js';

interface Tally extends Measurement {
	readonly samples: Sample[];
	failure?: string;
}

// All rivals once, then all again: what changes on the machine meanwhile, like its clock or its neighbours, hits each alike.
export async function measureRounds(
	question: string,
	plan: readonly Measurement[],
	rounds: number,
): Promise<readonly Result[]> {
	const tallies: Tally[] = plan.map((measurement) => ({ ...measurement, samples: [] }));
	for (let round = 1; round <= rounds; round++) {
		console.error(`${question}: round ${round} of ${rounds}`);
		// What failed once is not tried again: it may have taken all of its time limit.
		for (const tally of tallies.filter(({ failure }) => failure === undefined)) await measureInto(tally, question);
	}
	return tallies;
}

async function measureInto(tally: Tally, question: string): Promise<void> {
	try {
		tally.samples.push(await measureOnce(question, tally));
	} catch (error) {
		tally.failure = error instanceof Error ? error.message : String(error);
	}
}

async function measureOnce(question: string, { rival, params }: Measurement): Promise<Sample> {
	const runtime = rivals.find(({ name }) => name === rival)?.runtime?.() ?? process.execPath;
	const script = fileURLToPath(new URL('./measure.js', import.meta.url));
	return JSON.parse(
		await runProgram(runtime, [script, question, rival, JSON.stringify(params)], { timeout: timeLimit }),
	);
}
