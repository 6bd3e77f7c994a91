/**
 * What a job is to be: the 30 attributes of the DRMAA2 job template (GFD.231, section 5.7). Only `remoteCommand` is
 * needed. An attribute that is absent or `undefined` is not set; `null` is never accepted, and an empty list or record
 * counts as set. Setting an attribute that a tracker does not support is the error `UnsupportedAttribute`.
 */
export interface JobTemplate {
	/** The executable; no shell is involved. Without a slash it is looked up in the `PATH` of the job. */
	readonly remoteCommand: string;
	/** The arguments, handed over as they are; the command itself is not among them. */
	readonly args?: readonly string[];
	/** `true`: the job begins as `QueuedHeld` and starts only after it has been released. */
	readonly submitAsHold?: boolean;
	/** `true`: the system may start the job again when its first run was lost. */
	readonly rerunnable?: boolean;
	/** Environment variables that are laid over those of the tracker. */
	readonly jobEnvironment?: Readonly<Record<string, string>>;
	/** The directory the job starts in: absolute, or beginning with the home directory placeholder. */
	readonly workingDirectory?: string;
	/** The name of a registered execution set-up. */
	readonly jobCategory?: string;
	/** The addresses that are written to. */
	readonly email?: readonly string[];
	/** `true`: a mail is sent when the job starts. */
	readonly emailOnStarted?: boolean;
	/** `true`: a mail is sent when the job has ended. */
	readonly emailOnTerminated?: boolean;
	/** A label for people; it need not be unique. */
	readonly jobName?: string;
	/** The file that is the standard input. */
	readonly inputPath?: string;
	/** The file that receives the standard output. */
	readonly outputPath?: string;
	/** The file that receives the standard error. */
	readonly errorPath?: string;
	/** `true`: standard error goes where standard output goes, and `errorPath` is ignored. */
	readonly joinFiles?: boolean;
	/** The reservation in which the job is to run. */
	readonly reservationId?: string;
	/** The queue that takes the job. */
	readonly queueName?: string;
	/** The least number of slots; 1 when not set. */
	readonly minSlots?: number;
	/** The greatest number of slots the job can use. */
	readonly maxSlots?: number;
	/** The priority, on a scale of the job system. */
	readonly priority?: number;
	/** The machines the job may run on; every machine when not set. */
	readonly candidateMachines?: readonly string[];
	/** The physical memory a machine must have at least, in kilobytes of 1024 bytes. */
	readonly minPhysMemory?: number;
	/** The operating system the machine must have. */
	readonly machineOS?: string;
	/** The processor architecture the machine must have. */
	readonly machineArch?: string;
	/** The earliest start; before it the job is `Queued`. */
	readonly startTime?: Date;
	/** The instant at which a job that has not ended is ended. */
	readonly deadlineTime?: Date;
	/** Files copied before the start: source path to destination path. */
	readonly stageInFiles?: Readonly<Record<string, string>>;
	/** Files copied after the end: source path to destination path. */
	readonly stageOutFiles?: Readonly<Record<string, string>>;
	/** Limits by the names of the standard, such as `CPU_TIME`; values are decimal strings in seconds or kilobytes. */
	readonly resourceLimits?: Readonly<Record<string, string>>;
	/** The account the job is charged to. */
	readonly accountingId?: string;
}

/** The name of an attribute of the job template. */
export type JobTemplateAttribute = keyof JobTemplate;

/** The names of all attributes of the job template, in the order of the standard. */
export const JOB_TEMPLATE_ATTRIBUTES = [
	'remoteCommand',
	'args',
	'submitAsHold',
	'rerunnable',
	'jobEnvironment',
	'workingDirectory',
	'jobCategory',
	'email',
	'emailOnStarted',
	'emailOnTerminated',
	'jobName',
	'inputPath',
	'outputPath',
	'errorPath',
	'joinFiles',
	'reservationId',
	'queueName',
	'minSlots',
	'maxSlots',
	'priority',
	'candidateMachines',
	'minPhysMemory',
	'machineOS',
	'machineArch',
	'startTime',
	'deadlineTime',
	'stageInFiles',
	'stageOutFiles',
	'resourceLimits',
	'accountingId',
] as const satisfies readonly JobTemplateAttribute[];
