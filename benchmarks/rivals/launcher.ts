// What every rival is put behind, so that each question is one loop and the same for all.
export interface Launcher {
	/** Resolves when the rival tells its caller that the job runs. */
	start(command: string, args: readonly string[]): Promise<StartedJob>;
	close(): Promise<void>;
}

export interface StartedJob {
	/** Resolves when the exit is known; rejects when the job did not succeed, for a broken rival must not win. */
	exited(): Promise<void>;
	usage(): Promise<Usage>;
	/** Lets go what the rival keeps of the job. Outside of every latency, inside of every throughput. */
	forget(): Promise<void>;
}

export interface Usage {
	/** KB */
	readonly maxRSS: number;
	/** Microseconds */
	readonly userCPUTime: number;
	/** Microseconds */
	readonly systemCPUTime: number;
}
