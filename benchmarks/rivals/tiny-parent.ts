import { compiledProgram } from '../lib/compile-c.js';
import type { Launcher } from './launcher.js';
import { reportingParent, usagePrintedBy } from './reporting-parent.js';

// The reference, so it never holds anything.
export async function open(): Promise<Launcher> {
	const program = compiledProgram('rivals/tiny-parent.c');
	return reportingParent((command, args) => usagePrintedBy(program, [command, ...args]));
}
