import { tmpdir } from 'node:os';
import type { CpuArchitecture, MachineInfo, Version } from '../drmaa2/index.js';
import type { MachineFacts } from '../native/index.js';

/** The machine in the terms of the standard: sizes are kilobytes of 1024 bytes, except where a key says otherwise. */
export function machineInfo(facts: MachineFacts): MachineInfo {
	const { sockets, coresPerSocket, threadsPerCore, load, memory, swap } = facts;
	return Object.freeze({
		name: facts.name,
		available: true,
		...(sockets !== undefined && { sockets }),
		...(coresPerSocket !== undefined && { coresPerSocket }),
		...(threadsPerCore !== undefined && { threadsPerCore }),
		...(load !== undefined && { load: load[0] }),
		...(memory !== undefined && { physMemory: memory }),
		...(memory !== undefined && { virtMemory: memory + (swap ?? 0) }),
		machineOS: 'Linux',
		machineOSVersion: Object.freeze(versionOf(facts.kernelRelease)),
		machineArch: architectureOf(facts.architecture),
		extensionList: Object.freeze(extensions(facts)),
	});
}

/** `6.1.0-18-amd64` is version 6.1; the whole text is in the extensions. */
function versionOf(release: string): Version {
	const [major = '', minor = ''] = release.split('.');
	return { major, minor: /^\d+/.exec(minor)?.[0] ?? minor };
}

/** The names that Linux gives to architectures (uname(2)), as those of the standard. */
const ARCHITECTURES: readonly (readonly [RegExp, CpuArchitecture])[] = [
	[/^x86_64$/, 'X64'],
	[/^i.86$/, 'X86'],
	[/^(aarch64|armv8)/, 'ARM64'],
	[/^arm/, 'ARM'],
	[/^ppc64/, 'PPC64'],
	[/^ppc/, 'PPC'],
	[/^mips64/, 'MIPS64'],
	[/^mips/, 'MIPS'],
	[/^sparc64$/, 'SPARC64'],
	[/^sparc/, 'SPARC'],
	[/^parisc64$/, 'PARISC64'],
	[/^parisc$/, 'PARISC'],
	[/^ia64$/, 'IA64'],
	[/^alpha$/, 'Alpha'],
];

function architectureOf(name: string): CpuArchitecture {
	// The standard is older than riscv64 and loongarch64.
	return ARCHITECTURES.find(([pattern]) => pattern.test(name))?.[1] ?? 'OtherCpu';
}

/** The keys of drmaa2os, and further ones. */
function extensions(facts: MachineFacts): Record<string, string> {
	const { load, uptime, limits } = facts;
	const version = [limits.version1 && '1', limits.version2 && '2'].filter(Boolean).join('+');
	return {
		tempdir: tmpdir(),
		...(load !== undefined && { load5min: String(load[1]), load15min: String(load[2]) }),
		...(uptime !== undefined && { uptime_seconds: String(uptime) }),
		architecture: facts.architecture,
		os_release: facts.kernelRelease,
		...(facts.osName !== undefined && { os_name: facts.osName }),
		cpus_online: facts.processors,
		...known('memory_available_kb', facts.availableMemory),
		...known('swap_kb', facts.swap),
		...known('swap_free_kb', facts.freeSwap),
		...(version !== '' && { cgroup_version: version }),
		...known('cgroup_memory_bytes', limits.memory),
		...known('cgroup_swap_bytes', limits.swap),
		...known('cgroup_processes', limits.processes),
		...known('cgroup_cpu_limit', limits.cpus),
		...(limits.processors !== undefined && { cgroup_cpus: limits.processors }),
	};
}

function known(key: string, value: number | undefined): Record<string, string> {
	return value === undefined ? {} : { [key]: String(value) };
}
