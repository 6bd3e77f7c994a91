import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// The `bun` package's own bin is a stub until its install script ran, which npm may be told not to run.
// The binary is in the platform package beside it.
export function bunBinary(): string {
	const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;
	const packages = ['', '-baseline', '-musl'].map((variant) => `@oven/bun-linux-${arch}${variant}`);
	const binary = packages.map(binaryOf).find((path) => path !== undefined);
	if (binary === undefined) throw new Error(`none of ${packages.join(', ')} is installed`);
	return binary;
}

function binaryOf(packageName: string): string | undefined {
	try {
		const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
		const binary = join(dirname(manifest), 'bin', 'bun');
		return existsSync(binary) ? binary : undefined;
	} catch {
		return undefined;
	}
}
