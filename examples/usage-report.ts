import type { ArrayInfo, JobInfo, UsageSummary } from '../src/index.js';

interface Row {
	readonly name: string;
	readonly info: JobInfo;
}

const MOST_ROWS = 10;

/** What an array has used: the tasks that took the most CPU time, those that failed, and the summary of all. */
export function usageReport(summary: ArrayInfo, rows: readonly Row[]): string {
	const failed = rows.filter(({ info }) => info.state !== 'Done');
	const costly = rows
		.filter(({ info }) => info.state === 'Done')
		.sort((a, b) => (b.info.cpuTime ?? 0) - (a.info.cpuTime ?? 0));
	const sections = [
		table(
			['most CPU time', 'exit', 'wall ms', 'user ms', 'system ms', 'peak RSS KB'],
			costly.slice(0, MOST_ROWS).map(taskCells),
		),
		...(failed.length > 0
			? [
					table(
						['failed', 'why', 'wall ms', 'user ms', 'system ms', 'peak RSS KB'],
						failed.slice(0, MOST_ROWS).map(taskCells),
					),
				]
			: []),
		table(
			[`all ${summary.taskCount} tasks`, '', 'wall ms', 'user ms', 'system ms', 'peak RSS KB'],
			(['min', 'median', 'max', 'sum'] as const).map((name) => summaryCells(name, summary)),
		),
	];
	return sections.join('\n\n');
}

function taskCells({ name, info }: Row): string[] {
	const { resourceUsage: usage } = info;
	return [
		name,
		info.terminatingSignal ?? String(info.exitStatus ?? info.subState),
		(info.wallclockTime ?? 0).toFixed(1),
		((usage?.userCPUTime ?? 0) / 1e3).toFixed(1),
		((usage?.systemCPUTime ?? 0) / 1e3).toFixed(1),
		String(usage?.maxRSS ?? ''),
	];
}

function summaryCells(name: keyof UsageSummary, { usage }: ArrayInfo): string[] {
	if (usage === undefined) {
		return [name, '', '', '', '', ''];
	}
	return [
		name,
		'',
		usage.wallclockTime[name].toFixed(1),
		(usage.userCPUTime[name] / 1e3).toFixed(1),
		(usage.systemCPUTime[name] / 1e3).toFixed(1),
		// A sum of peaks that did not come together would mean nothing.
		name === 'sum' ? '' : usage.maxRSS[name].toFixed(0),
	];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const cells = [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(column === 0 ? NAME_WIDTH : 9, ...cells.map((row) => row[column]?.length ?? 0)),
	);
	const lines = cells.map((row) => row.map((cell, column) => align(cell, column, widths[column] ?? 0)).join('  '));
	return [lines[0], widths.map((width) => '─'.repeat(width)).join('──'), ...lines.slice(1)].join('\n');
}

const NAME_WIDTH = 28;

/** Names to the left, numbers to the right. */
function align(cell: string, column: number, width: number): string {
	return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
