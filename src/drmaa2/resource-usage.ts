/**
 * What a job used: the names and units of Node's `process.resourceUsage()`. The kernel counts the job's process and all
 * descendants it has waited for; see getrusage(2) for the members named here, and wait4(2) for what is added up.
 */
export interface ResourceUsage {
	/** Processor time in user mode, in microseconds (`ru_utime`). */
	readonly userCPUTime: number;
	/** Processor time in the kernel, in microseconds (`ru_stime`). */
	readonly systemCPUTime: number;
	/** Peak resident memory, in kilobytes of 1024 bytes (`ru_maxrss`): that of the largest process, not a sum. */
	readonly maxRSS: number;
	/** Shared memory size (`ru_ixrss`); Linux always reports 0. */
	readonly sharedMemorySize: number;
	/** Unshared data size (`ru_idrss`); Linux always reports 0. */
	readonly unsharedDataSize: number;
	/** Unshared stack size (`ru_isrss`); Linux always reports 0. */
	readonly unsharedStackSize: number;
	/** Page faults served without input or output (`ru_minflt`). */
	readonly minorPageFault: number;
	/** Page faults that had to read from a device (`ru_majflt`). */
	readonly majorPageFault: number;
	/** Times the process was swapped out (`ru_nswap`); Linux always reports 0. */
	readonly swappedOut: number;
	/** Reads from a file system, in blocks of 512 bytes (`ru_inblock`). */
	readonly fsRead: number;
	/** Writes to a file system, in blocks of 512 bytes (`ru_oublock`). */
	readonly fsWrite: number;
	/** Messages sent (`ru_msgsnd`); Linux always reports 0. */
	readonly ipcSent: number;
	/** Messages received (`ru_msgrcv`); Linux always reports 0. */
	readonly ipcReceived: number;
	/** Signals delivered (`ru_nsignals`); Linux always reports 0. */
	readonly signalsCount: number;
	/** Times the processor was given up to wait for something (`ru_nvcsw`). */
	readonly voluntaryContextSwitches: number;
	/** Times the processor was taken away (`ru_nivcsw`). */
	readonly involuntaryContextSwitches: number;
}
