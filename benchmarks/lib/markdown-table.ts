export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = header.map((title, column) =>
		Math.max(3, title.length, ...rows.map((row) => cell(row, column).length)),
	);
	const line = (row: readonly string[]) => `| ${widths.map((width, column) => pad(row, column, width)).join(' | ')} |`;
	const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`).join('|')}|`;
	return [line(header), rule, ...rows.map(line)].join('\n');
}

function pad(row: readonly string[], column: number, width: number): string {
	return column === 0 ? cell(row, column).padEnd(width) : cell(row, column).padStart(width);
}

function cell(row: readonly string[], column: number): string {
	return row[column] ?? '';
}
