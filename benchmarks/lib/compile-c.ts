import { mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { outputFolder, packageRoot } from './package-root.js';
import { runProgram } from './run-program.js';

export interface CompileOptions {
	readonly static: boolean;
}

const flags = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror'];

export async function compileC(source: string, options: CompileOptions): Promise<string> {
	const input = join(packageRoot, 'benchmarks', source);
	const program = compiledProgram(source);
	if (changedAt(program) > changedAt(input)) return program;
	mkdirSync(outputFolder, { recursive: true });
	const linking = options.static ? ['-static'] : [];
	await runProgram('cc', [...flags, ...linking, '-o', program, input], { timeout: 60_000 });
	return program;
}

export function compiledProgram(source: string): string {
	return join(outputFolder, basename(source, '.c'));
}

function changedAt(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
