import { LAUNCH_STAGES } from '../template/index.js';

/**
 * The events of the engine, by kind, with the fields that follow the header of each. All are numbers: they cross the
 * border as one Float64Array per batch. The order is that of native/addon/event_encoding.cpp; the two tables are
 * compared when the addon is loaded.
 */
export const EVENT_FIELDS = {
	queued: ['held', 'last'],
	dispatched: ['pid', 'dispatchTime', 'dispatchMonotonic'],
	launchFailed: ['stage', 'errno'],
	stopped: ['signal'],
	continued: [],
	ended: [
		'pid',
		'statusKnown',
		'usageKnown',
		'exitStatus',
		'signal',
		'coreDumped',
		'finishTime',
		'wallclockTime',
		'userCPUTime',
		'systemCPUTime',
		'maxRSS',
		'sharedMemorySize',
		'unsharedDataSize',
		'unsharedStackSize',
		'minorPageFault',
		'majorPageFault',
		'swappedOut',
		'fsRead',
		'fsWrite',
		'ipcSent',
		'ipcReceived',
		'signalsCount',
		'voluntaryContextSwitches',
		'involuntaryContextSwitches',
		'terminated',
	],
	cancelled: ['last'],
	controlDone: ['token', 'result'],
	refused: ['token', 'result', 'last'],
} as const satisfies Record<string, readonly string[]>;

export type EngineEventKind = keyof typeof EVENT_FIELDS;

/** What an event of one kind says, without whom it concerns. Times are milliseconds since the epoch. */
export type EventFacts<Kind extends EngineEventKind> = {
	readonly [Field in (typeof EVENT_FIELDS)[Kind][number]]: number;
};

interface EventHeader {
	readonly queue: number;
	readonly job: number;
	/** The index of the task; 0 for single jobs. Where an event has `last`, it is of all tasks up to that one. */
	readonly task: number;
	/** When the engine noticed, in milliseconds since the epoch. */
	readonly time: number;
}

/** One event of one kind. Times are milliseconds since the epoch, durations milliseconds, CPU times microseconds. */
export type EngineEventOf<Kind extends EngineEventKind> = EventHeader & { readonly kind: Kind } & EventFacts<Kind>;

export type EngineEvent = { [Kind in EngineEventKind]: EngineEventOf<Kind> }[EngineEventKind];

export const CONTROL_ACTIONS = ['suspend', 'resume', 'hold', 'release', 'terminate', 'withdraw'] as const;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];

export const CONTROL_RESULTS = ['done', 'wrongState', 'noSuchJob', 'starting', 'notPermitted'] as const;
export type ControlResult = (typeof CONTROL_RESULTS)[number];

/** What the addon says of its own tables. */
export interface Numbering {
	readonly events: readonly { readonly name: string; readonly fields: readonly string[] }[];
	readonly launchStages: readonly string[];
	readonly controlActions: readonly string[];
	readonly controlResults: readonly string[];
}

/** The same of this file's tables. Stage 0 is no failure. */
export const NUMBERING: Numbering = {
	events: Object.entries(EVENT_FIELDS).map(([name, fields]) => ({ name, fields })),
	launchStages: ['none', ...LAUNCH_STAGES],
	controlActions: CONTROL_ACTIONS,
	controlResults: CONTROL_RESULTS,
};

const KINDS = Object.keys(EVENT_FIELDS) as EngineEventKind[];
const HEADER = ['queue', 'job', 'task', 'time'] as const;

/** Reads a batch, event by event. */
export function* decodeEvents(batch: Float64Array): Generator<EngineEvent> {
	for (let at = 0; at < batch.length; ) {
		const kind = KINDS[batch[at++] ?? -1];
		if (kind === undefined) {
			throw new RangeError('the addon sent an event of an unknown kind');
		}
		const event: Record<string, string | number | undefined> = { kind };
		for (const name of HEADER) {
			event[name] = batch[at++];
		}
		for (const name of EVENT_FIELDS[kind]) {
			event[name] = batch[at++];
		}
		// The tables of both sides are equal, so the fields are those of the kind.
		yield event as unknown as EngineEvent;
	}
}
