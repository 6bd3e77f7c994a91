import type { JobInfo, ResourceUsage } from '../drmaa2/index.js';
import type { EventFacts } from '../native/index.js';
import { launchError, launchSubState } from '../template/index.js';
import { userName } from './job-owner.js';
import type { JobStatus } from './job-status.js';
import { launchFailureOf } from './launch-failure.js';
import { type LiveUsage, liveAnnotation, liveExtensions, liveFacts } from './live-usage.js';
import { signalName } from './signal-name.js';
import type { TrackedJob } from './tracked-job.js';

/** What is known of a job now. `live` is what it uses now, if that was read; its end makes it void. */
export function jobInfo(record: TrackedJob, hostname: string, live?: LiveUsage): JobInfo {
	const { status } = record;
	const current = status.kind === 'active' ? live : undefined;
	const subState = subStateOf(status);
	const annotation = annotationOf(record) ?? liveAnnotation(current);
	return Object.freeze({
		id: record.id,
		state: status.state,
		...(subState !== undefined && { subState }),
		...(annotation !== undefined && { annotation }),
		allocatedMachines: Object.freeze(dispatchOf(status) === undefined ? [] : [hostname]),
		submissionMachine: hostname,
		jobOwner: userName(record.uid),
		submissionTime: new Date(record.submissionTime),
		...dispatchFacts(status),
		...endFacts(status),
		...liveFacts(current),
		extensionList: Object.freeze({ ...extensions(record), ...liveExtensions(current) }),
	});
}

/**
 * The detail of a state, for programs: `exited:3`, `signaled:SIGKILL`, `stopped:SIGTSTP`, `launch:exec:ENOENT`,
 * `terminated` (before it had a process), `lost:reaped-elsewhere`.
 */
export function subStateOf(status: JobStatus): string | undefined {
	switch (status.kind) {
		case 'waiting':
			return undefined;
		case 'active':
			return status.stopSignal === undefined ? undefined : `stopped:${signalName(status.stopSignal)}`;
		case 'cancelled':
			return 'terminated';
		case 'launchFailed': {
			const { stage, errno } = launchFailureOf(status.failure);
			return launchSubState(stage, errno);
		}
		case 'finished':
			return endSubState(status.end);
	}
}

function endSubState(end: EventFacts<'ended'>): string {
	if (end.statusKnown === 0) {
		return 'lost:reaped-elsewhere';
	}
	return end.signal === 0 ? `exited:${end.exitStatus}` : `signaled:${signalName(end.signal)}`;
}

function annotationOf(record: TrackedJob): string | undefined {
	const { status } = record;
	switch (status.kind) {
		case 'launchFailed':
			return record.request && launchError(launchFailureOf(status.failure), record.request, record.id).message;
		case 'cancelled':
			return 'terminated before it was started';
		case 'finished':
			return endAnnotation(status.end);
		default:
			return undefined;
	}
}

function endAnnotation(end: EventFacts<'ended'>): string | undefined {
	if (end.usageKnown === 0) {
		return 'another part of this process has waited for the job: its resource usage is lost';
	}
	if (end.signal === 0) {
		return undefined;
	}
	const core = end.coreDumped === 0 ? '' : ', core dumped';
	return `ended by ${signalName(end.signal)}${core}${end.terminated === 0 ? '' : ', terminate was requested'}`;
}

function dispatchOf(status: JobStatus): EventFacts<'dispatched'> | undefined {
	return status.kind === 'active' || status.kind === 'finished' ? status.dispatch : undefined;
}

function dispatchFacts(status: JobStatus): Partial<JobInfo> {
	const dispatch = dispatchOf(status);
	if (dispatch === undefined) {
		return {};
	}
	const wallclockTime =
		status.kind === 'finished' ? status.end.wallclockTime : monotonicNow() - dispatch.dispatchMonotonic;
	return { slots: 1, dispatchTime: new Date(dispatch.dispatchTime), wallclockTime };
}

/** process.hrtime reads the clock that the engine reads, CLOCK_MONOTONIC. In milliseconds. */
function monotonicNow(): number {
	const [seconds, nanoseconds] = process.hrtime();
	return seconds * 1e3 + nanoseconds / 1e6;
}

function endFacts(status: JobStatus): Partial<JobInfo> {
	switch (status.kind) {
		case 'launchFailed':
			return { finishTime: new Date(status.failure.time) };
		case 'cancelled':
			return { finishTime: new Date(status.cancel.time) };
		case 'finished':
			return { finishTime: new Date(status.end.finishTime), ...exitFacts(status.end), ...usageFacts(status.end) };
		default:
			return {};
	}
}

function exitFacts(end: EventFacts<'ended'>): Partial<JobInfo> {
	if (end.statusKnown === 0) {
		return {};
	}
	return end.signal === 0 ? { exitStatus: end.exitStatus } : { terminatingSignal: signalName(end.signal) };
}

function usageFacts(end: EventFacts<'ended'>): Partial<JobInfo> {
	if (end.usageKnown === 0) {
		return {};
	}
	const resourceUsage: ResourceUsage = Object.freeze({
		userCPUTime: end.userCPUTime,
		systemCPUTime: end.systemCPUTime,
		maxRSS: end.maxRSS,
		sharedMemorySize: end.sharedMemorySize,
		unsharedDataSize: end.unsharedDataSize,
		unsharedStackSize: end.unsharedStackSize,
		minorPageFault: end.minorPageFault,
		majorPageFault: end.majorPageFault,
		swappedOut: end.swappedOut,
		fsRead: end.fsRead,
		fsWrite: end.fsWrite,
		ipcSent: end.ipcSent,
		ipcReceived: end.ipcReceived,
		signalsCount: end.signalsCount,
		voluntaryContextSwitches: end.voluntaryContextSwitches,
		involuntaryContextSwitches: end.involuntaryContextSwitches,
	});
	return { cpuTime: (end.userCPUTime + end.systemCPUTime) / 1e3, resourceUsage };
}

/** The keys and units of drmaa2os. */
function extensions({ status, uid }: TrackedJob): Record<string, string> {
	const dispatch = dispatchOf(status);
	const end = status.kind === 'finished' && status.end.usageKnown !== 0 ? status.end : undefined;
	return {
		uid: String(uid),
		...(dispatch !== undefined && { pid: String(dispatch.pid) }),
		...(end !== undefined && {
			ru_maxrss: String(end.maxRSS),
			ru_swap: String(end.swappedOut),
			ru_inblock: String(end.fsRead),
			ru_outblock: String(end.fsWrite),
			system_time_ms: String(end.systemCPUTime / 1e3),
			user_time_ms: String(end.userCPUTime / 1e3),
			...(end.coreDumped !== 0 && { core_dumped: 'true' }),
		}),
	};
}
