import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Seen from dist/test/support, where this file is when it runs. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of test/fixtures; those that are not TypeScript are not copied to dist. */
export function fixture(name: string): string {
	return join(PACKAGE_ROOT, 'test/fixtures', name);
}

/** A directory that everybody may enter, and that is gone after the test. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await realpath(await mkdtemp(join(tmpdir(), 'job-test-')));
	await chmod(directory, 0o755);
	t.after(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
	return directory;
}

/** Compiles a C program of test/fixtures into a directory, and gives its path. */
export function compile(name: string, directory: string, flags: readonly string[] = []): string {
	const program = join(directory, name.replace(/\.c$/, ''));
	execFileSync('cc', ['-O1', ...flags, '-o', program, fixture(name)]);
	return program;
}

export function makeFifo(directory: string, name = 'fifo'): string {
	const path = join(directory, name);
	execFileSync('mkfifo', [path]);
	return path;
}

export function read(...parts: string[]): string {
	return readFileSync(join(...parts), 'utf8');
}

/** The text of a file that may not exist yet. */
export function readIfThere(...parts: string[]): string {
	return existsSync(join(...parts)) ? read(...parts) : '';
}
