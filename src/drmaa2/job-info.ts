import type { JobState } from './job-state.js';
import type { ResourceUsage } from './resource-usage.js';

/**
 * What is known of a job at one moment (GFD.231, section 5.5), as a frozen snapshot. A value that is not known is
 * absent; there are no sentinels. Durations are milliseconds and may have fractions.
 */
export interface JobInfo {
	/** The id of the job, not of its process. */
	readonly id: string;
	/** 0 to 255 after the process has exited by itself; absent before, and when a signal ended it. */
	readonly exitStatus?: number;
	/** The name of the signal that ended the process, such as `SIGKILL`; absent after a normal exit. */
	readonly terminatingSignal?: string;
	/** Why the job is in this state, as text for people. */
	readonly annotation?: string;
	/** The state of the job. */
	readonly state: JobState;
	/** Details of the state for programs: `exited:3`, `signaled:SIGKILL`, `launch:exec:ENOENT`. */
	readonly subState?: string;
	/** The hosts the job was given; empty before it is dispatched. */
	readonly allocatedMachines: readonly string[];
	/** The host the job was submitted from. */
	readonly submissionMachine: string;
	/** The name of the user the job runs as. */
	readonly jobOwner: string;
	/** The number of slots granted. */
	readonly slots?: number;
	/** The queue the job was put in. */
	readonly queueName?: string;
	/** Milliseconds from dispatch to finish, or until now; time spent suspended counts. */
	readonly wallclockTime?: number;
	/**
	 * Milliseconds of processor time, user and system, of the job and the descendants it waited for. While it runs: of its
	 * whole process group until now.
	 */
	readonly cpuTime?: number;
	/** When the job was submitted; `undefined` when that is not known. */
	readonly submissionTime: Date | undefined;
	/** When the job was started for the first time. */
	readonly dispatchTime?: Date;
	/** When the job ended. */
	readonly finishTime?: Date;
	/** What the kernel accounted for; present once the job has ended. */
	readonly resourceUsage?: ResourceUsage;
	/** Further values by name, all of them strings. */
	readonly extensionList: Readonly<Record<string, string>>;
}
