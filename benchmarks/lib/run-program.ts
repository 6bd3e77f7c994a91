import { spawn } from 'node:child_process';

export interface RunOptions {
	readonly timeout: number;
	readonly environment?: NodeJS.ProcessEnv;
}

export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<string> {
	const child = spawn(command, args, {
		env: { ...process.env, ...options.environment },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: options.timeout,
		killSignal: 'SIGKILL',
	});
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve(stdout());
			else
				reject(new Error(`${command} ended with ${describe(code, child.signalCode)}\n${firstLines(stderr())}`.trim()));
		});
		// Something a killed program left behind may hold the pipes open for as long as it likes.
		child.on('exit', (_code, signal) => {
			if (signal === null) return;
			child.stdout.destroy();
			child.stderr.destroy();
		});
	});

	function describe(code: number | null, signal: NodeJS.Signals | null): string {
		if (signal === 'SIGKILL') return `SIGKILL, perhaps for taking more than ${options.timeout} ms`;
		return signal ?? `exit status ${code}`;
	}
}

function collect(stream: NodeJS.ReadableStream): () => string {
	let text = '';
	stream.setEncoding('utf8').on('data', (part: string) => {
		text += part;
	});
	return () => text;
}

function firstLines(text: string): string {
	return text.trim().split('\n').slice(0, 6).join('\n');
}
