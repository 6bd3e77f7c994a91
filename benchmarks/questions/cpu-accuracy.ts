import { compiledProgram } from '../lib/compile-c.js';
import { absent, difference } from '../lib/format.js';
import { markdownTable } from '../lib/markdown-table.js';
import { numbersLeftBy } from '../lib/numbers-left-by.js';
import { ours, type RivalName } from '../rivals/rivals.js';
import { figure, label, rivalsIn } from './figures.js';
import type { Question } from './question.js';

export type CpuParams = { readonly user: number; readonly system: number; readonly heldMegabytes: number };
export type CpuSample = Readonly<Record<'reportedUser' | 'reportedSystem' | 'ownUser' | 'ownSystem', number>>;

const burnCpu = 'programs/burn-cpu.c';
const contestants: readonly RivalName[] = [ours, 'posix-spawn', 'bun', 'gnu-time', 'tiny-parent'];
const silent: readonly RivalName[] = ['child-process', 'execa'];
// Milliseconds.
const burns = [
	{ user: 0, system: 0 },
	{ user: 50, system: 0 },
	{ user: 0, system: 50 },
	{ user: 300, system: 200 },
];

export const cpuAccuracy: Question<CpuParams, CpuSample> = {
	asks: 'Are the reported CPU times the CPU times of the job?',
	programs: [burnCpu],
	plan: () => burns.flatMap((burn) => contestants.map((rival) => ({ rival, params: { ...burn, heldMegabytes: 0 } }))),
	measure: async (launcher, { user, system }) => {
		const { result, numbers } = await numbersLeftBy(async (file) => {
			const job = await launcher.start(compiledProgram(burnCpu), [String(user), String(system), file]);
			await job.exited();
			return job.usage();
		});
		const [ownUser, ownSystem] = numbers;
		if (ownUser === undefined || ownSystem === undefined) throw new Error('The job did not tell its own usage');
		return { reportedUser: result.userCPUTime, reportedSystem: result.systemCPUTime, ownUser, ownSystem };
	},
	report: (results) => {
		const header = burns.flatMap(({ user, system }) => [`${user}+${system} ms: user`, 'system']);
		const rows = rivalsIn(results).map((rival) => [
			label(rival),
			...burns.flatMap((burn) => [
				difference(figure(results, rival, burn, (sample) => sample.reportedUser - sample.ownUser)),
				difference(figure(results, rival, burn, (sample) => sample.reportedSystem - sample.ownSystem)),
			]),
		]);
		return [
			'Microseconds: what a rival reports *minus* what the same job read of itself last, for user + system time to burn.\nA little system time is due to all of them: the job still writes its file and exits.',
			markdownTable(
				['reported by', ...header],
				[...rows, ...silent.map((rival) => [label(rival), ...header.map(() => absent)])],
			),
		].join('\n\n');
	},
};
