import { mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { outputFolder, packageRoot } from './package-root.js';
import { runProgram } from './run-program.js';

/** Against which libc: the shared one, a copy of it, or none. */
export type Linking = keyof typeof linkerFlags;

const linkerFlags = { dynamic: [], static: ['-static'], bare: ['-static', '-nostdlib'] };
const flags = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror'];

export async function compileC(source: string, linking: Linking): Promise<string> {
	const input = join(packageRoot, 'benchmarks', source);
	const program = compiledProgram(source);
	if (changedAt(program) > changedAt(input)) return program;
	mkdirSync(outputFolder, { recursive: true });
	await runProgram('cc', [...flags, ...linkerFlags[linking], '-o', program, input], { timeout: 60_000 });
	return program;
}

export function compiledProgram(source: string): string {
	return join(outputFolder, basename(source, '.c'));
}

function changedAt(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
