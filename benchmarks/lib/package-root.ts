import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// C sources and the addon are not copied beside the compiled JavaScript, so paths start at the package.
export const packageRoot = nearestPackage(dirname(fileURLToPath(import.meta.url)));
export const outputFolder = join(packageRoot, 'build', 'benchmarks');

function nearestPackage(folder: string): string {
	if (existsSync(join(folder, 'package.json'))) return folder;
	const parent = dirname(folder);
	if (parent === folder) throw new Error('The benchmarks must run inside the os-process-tracker package.');
	return nearestPackage(parent);
}
