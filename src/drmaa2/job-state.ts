/**
 * The states of a DRMAA2 job (GFD.231, job state model). The value of a state is its name, so it reads well in a log
 * and survives JSON.
 */
export const JobState = {
	/** No state is known; what the standard calls UNSET. No job is ever in it. */
	Unset: 'Unset',
	/** The state can never be found out any more; asking again does not help. */
	Undetermined: 'Undetermined',
	/** Waits to be started. */
	Queued: 'Queued',
	/** Waits, and is not started before it is released. */
	QueuedHeld: 'QueuedHeld',
	/** Executes. */
	Running: 'Running',
	/** Was started and is stopped, whoever stopped it. */
	Suspended: 'Suspended',
	/** Ran before and waits to be started again. */
	Requeued: 'Requeued',
	/** Ran before, and is not started again before it is released. */
	RequeuedHeld: 'RequeuedHeld',
	/** Ended with exit status 0. */
	Done: 'Done',
	/** Ended in any other way: another exit status, a signal, or it could not be started. */
	Failed: 'Failed',
} as const;

/** The name of a job state. */
export type JobState = (typeof JobState)[keyof typeof JobState];

/** The job waits for its first start (`Queued`, `QueuedHeld`). */
export function isQueued(state: JobState): boolean {
	return state === JobState.Queued || state === JobState.QueuedHeld;
}

/**
 * The job is in the started class (`Running`, `Suspended`, `Requeued`, `RequeuedHeld`). A requeued job belongs here
 * although it waits: the class means "was started at least once and has not ended".
 */
export function isStarted(state: JobState): boolean {
	return (
		state === JobState.Running ||
		state === JobState.Suspended ||
		state === JobState.Requeued ||
		state === JobState.RequeuedHeld
	);
}

/** The job has ended (`Done`, `Failed`); no state follows. */
export function isTerminated(state: JobState): boolean {
	return state === JobState.Done || state === JobState.Failed;
}
