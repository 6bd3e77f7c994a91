import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface HeldProcess {
	readonly pid: number;
	/** The line it has said. */
	readonly said: string;
	end(): Promise<void>;
}

// A program that says one line when it is ready, and ends with its standard input.
export async function holdProcess(program: string, args: readonly (string | number)[]): Promise<HeldProcess> {
	const child = spawn(program, args.map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
	const exited = once(child, 'exit');
	const [line] = await Promise.race([
		once(child.stdout.setEncoding('utf8'), 'data'),
		exited.then((): never => {
			throw new Error(`${program} ended before it was ready`);
		}),
	]);
	return {
		pid: child.pid ?? 0,
		said: String(line).trim(),
		end: async () => {
			child.stdin.end();
			await exited;
		},
	};
}
