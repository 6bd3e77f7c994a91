import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LeftNumbers<T> {
	readonly result: T;
	readonly numbers: readonly number[];
}

// A file and not stdout, because not every rival hands on a job's output.
export async function numbersLeftBy<T>(run: (file: string) => Promise<T>): Promise<LeftNumbers<T>> {
	const file = join(tmpdir(), `benchmark-numbers-${process.pid}`);
	try {
		const result = await run(file);
		return { result, numbers: (await readFile(file, 'utf8')).split(' ').map(Number) };
	} finally {
		await rm(file, { force: true });
	}
}
