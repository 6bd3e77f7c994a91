/** A job that has a process. */
export interface RunningJob {
	readonly jobId: string;
	readonly pid: number;
}

/** A running job, and the session it is of. */
export interface JobOfSession extends RunningJob {
	readonly sessionName: string;
}

/** A session whose jobs the monitor is to know. */
export interface OpenSession {
	readonly sessionName: string;
	runningJobs(): Iterable<RunningJob>;
}

/** The open sessions of this thread: a worker thread has its own copy of this module, and its own sessions. */
const sessions = new Set<OpenSession>();

/** Until it is disposed of, the jobs of the session are known to the monitor. */
export function registerSession(session: OpenSession): Disposable {
	sessions.add(session);
	return { [Symbol.dispose]: () => void sessions.delete(session) };
}

/** The running jobs of all open sessions, by the ids of their processes. */
export function jobsOfOpenSessions(): ReadonlyMap<number, JobOfSession> {
	const jobs = new Map<number, JobOfSession>();
	for (const session of sessions) {
		for (const job of session.runningJobs()) {
			jobs.set(job.pid, { ...job, sessionName: session.sessionName });
		}
	}
	return jobs;
}
