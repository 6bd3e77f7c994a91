import type { JobInfo } from '../src/index.js';

interface Row {
	readonly name: string;
	readonly info: JobInfo;
}

const HEADER = ['file', 'state', 'exit', 'wall ms', 'user ms', 'system ms', 'peak RSS KB'];

/** One line per job, and their total; the peak of the total is the largest. */
export function usageTable(rows: readonly Row[]): string {
	const cells = [HEADER, ...rows.map(({ name, info }) => jobCells(name, info)), totalCells(rows)];
	const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	const lines = cells.map((row) => row.map((cell, column) => align(cell, column, widths[column] ?? 0)).join('  '));
	const rule = widths.map((width) => '─'.repeat(width)).join('──');
	return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1)].join('\n');
}

function jobCells(name: string, info: JobInfo): string[] {
	return [name, info.state, info.terminatingSignal ?? String(info.exitStatus ?? info.subState), ...usageCells([info])];
}

function totalCells(rows: readonly Row[]): string[] {
	const infos = rows.map(({ info }) => info);
	const done = infos.filter(({ state }) => state === 'Done').length;
	return [`${rows.length} files`, `${done} Done`, '', ...usageCells(infos)];
}

function usageCells(infos: readonly JobInfo[]): string[] {
	const usages = infos.map(({ resourceUsage }) => resourceUsage);
	return [
		sum(infos.map(({ wallclockTime = 0 }) => wallclockTime)).toFixed(1),
		sum(usages.map((usage) => (usage?.userCPUTime ?? 0) / 1e3)).toFixed(1),
		sum(usages.map((usage) => (usage?.systemCPUTime ?? 0) / 1e3)).toFixed(1),
		String(Math.max(0, ...usages.map((usage) => usage?.maxRSS ?? 0))),
	];
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Names to the left, numbers to the right. */
function align(cell: string, column: number, width: number): string {
	return column < 3 ? cell.padEnd(width) : cell.padStart(width);
}
