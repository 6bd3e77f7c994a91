import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// The binary comes in a package for the platform, and the install script of `bun`, which npm may be told not to run, moves
// it from there to where until then a stub is.
export function bunBinary(): string {
	const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;
	const packages = ['', '-baseline', '-musl'].map((variant) => `@oven/bun-linux-${arch}${variant}`);
	const candidates = [...packages.map((name) => fileIn(name, 'bun')), fileIn('bun', 'bun.exe')];
	const binary = candidates.find((path) => path !== undefined);
	if (binary === undefined) throw new Error(`none of bun, ${packages.join(', ')} is installed`);
	return binary;
}

function fileIn(packageName: string, name: string): string | undefined {
	try {
		const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
		const file = join(dirname(manifest), 'bin', name);
		return existsSync(file) ? file : undefined;
	} catch {
		return undefined;
	}
}
