// The machine, its processes, and jobs of one's own that can be suspended, resumed and killed by a key.
//
//   npm run top                                    with two shells as jobs, which do nothing but use the processor
//   npm run top -- 'xz -9 a.tar' 'make -j4'        with these shell commands as jobs
//   npm run top -- --once                          one screen as text, and the end; so it is where there is no terminal
//   npm run top -- --interval 500                  milliseconds from one look to the next; 1000 when it is not given
//
// Leaving it ends its jobs.

import { emitKeypressEvents, type Key } from 'node:readline';
import { parseArgs } from 'node:util';
import { MonitoringSession, ProcessTracker } from '../../src/index.js';
import { Top } from './state.js';

const { values: options, positionals: commands } = parseArgs({
	options: { once: { type: 'boolean', default: false }, interval: { type: 'string', default: '1000' } },
	allowPositionals: true,
});

const DEMONSTRATION = ['while :; do :; done', 'while :; do sleep 0.2; done'];

try {
	await main();
} catch (error) {
	// A command that does not exist, an interval that is none: the message says what to do.
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
}

async function main(): Promise<void> {
	await using tracker = await ProcessTracker.open('top', { killOnExit: true });
	await using session = await MonitoringSession.open(tracker);
	for (const command of commands.length > 0 ? commands : DEMONSTRATION) {
		await tracker.addJob({ remoteCommand: '/bin/sh', args: ['-c', command] });
	}
	if (options.once || !process.stdout.isTTY || !process.stdin.isTTY) {
		const top = new Top(tracker, session);
		await top.show(await session.snapshot({ sample: Number(options.interval) }), (lines) =>
			console.log(lines.join('\n')),
		);
	} else {
		await watchOnTerminal(tracker, session);
	}
	await endJobs(tracker);
}

/** On the terminal's other screen, so that what was there before is there again afterwards. */
async function watchOnTerminal(tracker: ProcessTracker, session: MonitoringSession): Promise<void> {
	const leave = new AbortController();
	const top = new Top(tracker, session);
	const draw = (lines: readonly string[]) => {
		process.stdout.write(`\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J`);
	};
	const onKey = (_text: string | undefined, key: Key) => {
		if (key.name === 'q' || (key.ctrl === true && key.name === 'c')) {
			leave.abort();
		} else {
			void top.press(key.name ?? '').then(() => top.redraw(draw));
		}
	};
	const onSignal = () => leave.abort();
	process.stdout.write('\x1b[?1049h\x1b[?25l');
	emitKeypressEvents(process.stdin);
	process.stdin.setRawMode(true).on('keypress', onKey);
	process.once('SIGTERM', onSignal);
	try {
		for await (const snapshot of session.watch({ interval: Number(options.interval), signal: leave.signal })) {
			await top.show(snapshot, draw);
		}
	} catch (error) {
		if (!leave.signal.aborted) {
			throw error;
		}
	} finally {
		process.off('SIGTERM', onSignal);
		process.stdin.off('keypress', onKey).setRawMode(false).pause();
		process.stdout.write('\x1b[?25h\x1b[?1049l');
	}
}

async function endJobs(tracker: ProcessTracker): Promise<void> {
	for (const id of await tracker.listJobs()) {
		const { finishTime } = await tracker.jobInfo(id);
		if (finishTime === undefined) {
			await tracker.jobControl(id, 'terminate');
			await tracker.wait(id, ['Done', 'Failed', 'Undetermined']);
		}
	}
}
