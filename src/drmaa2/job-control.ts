/** The actions by which a job is controlled, in the order of the standard (GFD.231, interface Job). */
export const JOB_CONTROL_ACTIONS = ['suspend', 'resume', 'hold', 'release', 'terminate'] as const;

/** An action by which a job is controlled. */
export type JobControlAction = (typeof JOB_CONTROL_ACTIONS)[number];
