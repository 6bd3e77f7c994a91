import { compiledProgram } from '../lib/compile-c.js';
import { absent, amount, difference } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { numbersLeftBy } from '../lib/numbers-left-by.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question, Result } from './question.js';

export type PeakParams = { readonly job: JobName; readonly heldMegabytes: number };
export type PeakSample = { readonly reported: number; readonly own: number | undefined };
type JobName = keyof typeof jobs;
type Results = readonly Result<PeakParams, PeakSample>[];

const touchMemory = 'programs/touch-memory.c';
// Megabytes to touch.
const jobs = { '/bin/true': undefined, '0 MB': 0, '1 MB': 1, '16 MB': 16, '128 MB': 128, '1024 MB': 1024 };
const allJobs = Object.keys(jobs) as JobName[];
const contestants: readonly RivalName[] = [ours, 'posix-spawn', 'bun', 'gnu-time'];
const reference: RivalName = 'tiny-parent';
const silent: readonly RivalName[] = ['child-process', 'execa'];
const holdings = [50, 1024];
const heldByReference = 0;

export const maxrssAccuracy: Question<PeakParams, PeakSample> = {
	asks: 'Is the reported peak memory the peak of the job?',
	programs: [touchMemory],
	plan: (quick) =>
		allJobs
			.slice(0, quick ? -1 : undefined)
			.flatMap((job) => [
				{ rival: reference, params: { job, heldMegabytes: heldByReference } },
				...holdings.flatMap((heldMegabytes) => contestants.map((rival) => ({ rival, params: { job, heldMegabytes } }))),
			]),
	measure: async (launcher, { job }) => {
		const megabytes = jobs[job];
		if (megabytes === undefined) {
			const started = await launcher.start('/bin/true', []);
			await started.exited();
			return { reported: (await started.usage()).maxRSS, own: undefined };
		}
		return numbersLeftBy(async (file) => {
			const started = await launcher.start(compiledProgram(touchMemory), [String(megabytes), file]);
			await started.exited();
			return (await started.usage()).maxRSS;
		}).then(({ result, numbers: [own] }) => ({ reported: result, own }));
	},
	report: (results) =>
		[
			'KB. The first two rows are the truth: what the job read of itself, and what wait4 gives the smallest parent there can',
			'be. The other rows are what a rival reports *minus* what the tiny parent was told for the same job.',
		].join('\n') +
		`\n\n${markdownTable(['reported by', 'parent holds', ...measuredJobs(results)], [...truthRows(results), ...rivalRows(results)])}`,
};

function measuredJobs(results: Results): JobName[] {
	return allJobs.filter((job) => results.some(({ params }) => params.job === job));
}

function truthRows(results: Results): string[][] {
	const row = (pick: (sample: PeakSample) => number | undefined) =>
		measuredJobs(results).map((job) => amount(figure(results, reference, { job }, pick)));
	return [
		['truth: VmHWM of the job', '', ...row((sample) => sample.own)],
		[`truth: ${label(reference)}`, '', ...row((sample) => sample.reported)],
	];
}

function rivalRows(results: Results): string[][] {
	const truth = (job: JobName) => figure(results, reference, { job }, (sample) => sample.reported)?.median;
	const beyond = (rival: RivalName, job: JobName, heldMegabytes: number) => {
		const expected = truth(job);
		if (expected === undefined) return undefined;
		return figure(results, rival, { job, heldMegabytes }, ({ reported }) => reported - expected);
	};
	const measured = rivalsIn(results).filter((rival) => rival !== reference);
	return [
		...measured.flatMap((rival) =>
			holdings.map((held) => [
				label(rival),
				`${held} MB`,
				...measuredJobs(results).map((job) => difference(beyond(rival, job, held))),
			]),
		),
		...silent.map((rival) => [label(rival), '', ...measuredJobs(results).map(() => absent)]),
	];
}
