import type { Params, Question, Sample } from './questions/question.js';
import { questions } from './questions/questions.js';
import type { Rival } from './rivals/rival.js';
import { rivals } from './rivals/rivals.js';

const [, , questionName = '', rivalName = '', json = ''] = process.argv;

try {
	console.log(JSON.stringify(await measureNamed()));
} catch (error) {
	console.error(String(error));
	// Whatever a broken rival still has open must not keep this process, and so the whole run, waiting.
	process.exit(1);
}

async function measureNamed(): Promise<Sample> {
	const question = await questions[questionName]?.();
	const rival = await rivals.find(({ name }) => name === rivalName)?.load();
	if (question === undefined || rival === undefined) {
		throw new Error('Usage: measure.js <question> <rival> <parameters as JSON>; run.js calls it.');
	}
	return measure(question, rival, JSON.parse(json));
}

async function measure(question: Question, rival: Rival, params: Params): Promise<Sample> {
	// The parameters come as JSON, so this is where the question's own type of them is believed.
	const answers = rival.answers as Readonly<Record<string, (params: Params) => Promise<Sample>>> | undefined;
	const answer = answers?.[questionName];
	if (answer !== undefined) return answer(params);

	const launcher = await rival.open(params.heldMegabytes);
	const sample = await question.measure(launcher, params);
	await launcher.close();
	return sample;
}
