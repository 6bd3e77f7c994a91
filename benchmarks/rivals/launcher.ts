// What every rival is put behind, so that each question is one loop and the same for all.
export interface Launcher {
	/** Resolves when the rival tells its caller that the job runs. */
	start(command: string, args: readonly string[]): Promise<StartedJob>;
	/** Submits many jobs at one stroke, where the rival can do that. */
	submitArray?(request: ArrayRequest): Promise<SubmittedArray>;
	close(): Promise<void>;
}

export interface StartedJob {
	/** Resolves when the exit is known; rejects when the job did not succeed, for a broken rival must not win. */
	exited(): Promise<void>;
	usage(): Promise<Usage>;
	/** Lets go what the rival keeps of the job. Outside of every latency, inside of every throughput. */
	forget(): Promise<void>;
}

export interface ArrayRequest {
	readonly command: string;
	readonly tasks: number;
	readonly maxParallel: number;
	/** None of them starts. */
	readonly held?: boolean;
}

export interface SubmittedArray {
	/** Resolves when all tasks have ended; of no use for a verdict, which would cost time of its own. */
	ended(): Promise<void>;
	/** Resolves when the task with this number, from 1, has ended. */
	taskEnded(task: number): Promise<void>;
	/** Microseconds of all tasks. Rejects when one did not succeed. */
	cpuTimes(): Promise<Pick<Usage, 'userCPUTime' | 'systemCPUTime'>>;
	/** When each task was started, of those that were; milliseconds since the epoch. */
	startTimes(): Promise<number[]>;
	/** Ends what runs or waits. */
	terminate(): Promise<void>;
}

export interface Usage {
	/** KB */
	readonly maxRSS: number;
	/** Microseconds */
	readonly userCPUTime: number;
	/** Microseconds */
	readonly systemCPUTime: number;
}
