/** Milliseconds that one measurement may take: 10,000 jobs, twice, on a machine where each takes its time to start. */
export const timeLimit = 300_000;
