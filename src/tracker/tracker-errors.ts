import { Drmaa2Error, type JobControlAction } from '../drmaa2/index.js';
import type { ControlResult } from '../native/index.js';
import { shown } from '../validation/index.js';
import { subStateOf } from './job-info.js';
import type { JobRecord } from './job-record.js';

/** The id names no job, or none any more. */
export function unknownJob(jobId: string): Drmaa2Error {
	return new Drmaa2Error('InvalidArgument', `there is no job ${shown(jobId)} (any more): see listJobs()`, {
		attribute: 'jobId',
	});
}

/** The tracker was closed. */
export function trackerClosed(sessionName: string): Drmaa2Error {
	return new Drmaa2Error('InvalidSession', `the tracker ${JSON.stringify(sessionName)} is closed: open it again`);
}

/** The job has ended in a state that was not waited for. */
export function endedElsewhere(record: JobRecord): Drmaa2Error {
	const detail = subStateOf(record.status);
	return new Drmaa2Error(
		'InvalidState',
		`job ${record.id} has ended ${record.status.state}${detail === undefined ? '' : ` (${detail})`}, which was not waited for`,
	);
}

/** The engine's answer to a control request that it did not carry out. */
export function controlRefusal(
	record: JobRecord,
	action: JobControlAction,
	result: Exclude<ControlResult, 'done'>,
): Drmaa2Error {
	const { state } = record.status;
	const refused = `cannot ${action} job ${record.id}: it is ${state}`;
	switch (result) {
		case 'notPermitted':
			return new Drmaa2Error(
				'DeniedByDrms',
				`cannot ${action} job ${record.id}: its process belongs to another user; that takes the capability CAP_KILL`,
				{ errno: 'EPERM', syscall: 'kill' },
			);
		case 'starting':
			return new Drmaa2Error('TryLater', `cannot ${action} job ${record.id}: it is just being started; try again`);
		case 'wrongState':
			if ((action === 'hold' || action === 'release') && record.status.kind === 'active') {
				return new Drmaa2Error('UnsupportedOperation', `${refused}, and a process cannot be held; suspend it instead`);
			}
			return new Drmaa2Error('InvalidState', `${refused}; ${APPLIES_TO[action]}`);
		case 'noSuchJob':
			return new Drmaa2Error('InvalidState', `${refused}; ${APPLIES_TO[action]}`);
	}
}

const APPLIES_TO: Readonly<Record<JobControlAction, string>> = {
	suspend: 'only a Running job can be suspended',
	resume: 'only a Suspended job can be resumed',
	hold: 'only a Queued job can be held',
	release: 'only a QueuedHeld job can be released',
	terminate: 'only a job that has not ended can be terminated',
};
