/** The operating systems the standard knows (GFD.231, enumeration OperatingSystem). */
export const OPERATING_SYSTEMS = [
	'OtherOs',
	'AIX',
	'BSD',
	'Linux',
	'HPUX',
	'IRIX',
	'MacOS',
	'SunOS',
	'TRU64',
	'UnixWare',
	'Win',
	'WinNT',
] as const;

/** The name of an operating system. */
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** The processor architectures the standard knows (GFD.231, enumeration CpuArchitecture). */
export const CPU_ARCHITECTURES = [
	'OtherCpu',
	'Alpha',
	'ARM',
	'ARM64',
	'Cell',
	'PARISC',
	'PARISC64',
	'X86',
	'X64',
	'IA64',
	'MIPS',
	'MIPS64',
	'PPC',
	'PPC64',
	'SPARC',
	'SPARC64',
] as const;

/** The name of a processor architecture. */
export type CpuArchitecture = (typeof CPU_ARCHITECTURES)[number];

/** A version; the parts are texts, and not all systems number them. */
export interface Version {
	readonly major: string;
	readonly minor: string;
}

/** What is known of a machine at one moment (GFD.231, interface MonitoringSession), as a frozen snapshot. */
export interface MachineInfo {
	/** The host name. */
	readonly name: string;
	/** Whether it takes jobs now. */
	readonly available: boolean;
	/** The number of processor sockets that have a processor online; absent where the system does not tell it. */
	readonly sockets?: number;
	/** The number of cores per socket; of the largest socket, where they differ. */
	readonly coresPerSocket?: number;
	/** The number of hardware threads per core; of the largest core, where they differ. */
	readonly threadsPerCore?: number;
	/** The load average of the last minute. */
	readonly load?: number;
	/** Memory, in kilobytes of 1024 bytes. */
	readonly physMemory?: number;
	/** Memory and swap space together, in kilobytes of 1024 bytes. */
	readonly virtMemory?: number;
	readonly machineOS: OperatingSystem;
	/** Of Linux: the version of the kernel. */
	readonly machineOSVersion: Version;
	readonly machineArch: CpuArchitecture;
	/** Further values by name, all of them strings. */
	readonly extensionList: Readonly<Record<string, string>>;
}

/** A queue of a system (GFD.231, interface MonitoringSession). */
export interface QueueInfo {
	readonly name: string;
}
