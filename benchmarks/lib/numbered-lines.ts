import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs with a file of the lines "1" to `count`. */
export async function withNumberedLines<T>(count: number, run: (file: string) => Promise<T>): Promise<T> {
	const file = join(tmpdir(), `benchmark-lines-${process.pid}`);
	try {
		await writeFile(file, Array.from({ length: count }, (_, index) => `${index + 1}\n`).join(''));
		return await run(file);
	} finally {
		await rm(file, { force: true });
	}
}
