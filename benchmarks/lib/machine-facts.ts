import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, machine, release, totalmem } from 'node:os';

export interface MachineFacts {
	readonly date: string;
	readonly kernel: string;
	readonly cpu: string;
	readonly cores: number;
	readonly memory: string;
	readonly hugePages: string;
	readonly loadAverage: string;
	readonly node: string;
}

export function machineFacts(): MachineFacts {
	return {
		date: new Date().toISOString().slice(0, 16).replace('T', ' '),
		kernel: `${release()} ${machine()}`,
		cpu: cpus()[0]?.model ?? 'unknown',
		cores: availableParallelism(),
		memory: `${(totalmem() / 1024 ** 3).toFixed(1)} GiB`,
		hugePages: transparentHugePages(),
		loadAverage: loadavg()
			.map((load) => load.toFixed(2))
			.join(' '),
		node: process.version,
	};
}

// With huge pages for everything, a fork copies far fewer page table entries and a large heap looks cheap.
function transparentHugePages(): string {
	try {
		const choice = readFileSync('/sys/kernel/mm/transparent_hugepage/enabled', 'utf8');
		return /\[(\w+)\]/.exec(choice)?.[1] ?? choice.trim();
	} catch {
		return 'unknown';
	}
}
