import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { waitUntil } from './wait-until.js';

/** The first fields of /proc/PID/stat, see proc(5). */
export interface ProcessFacts {
	readonly pid: number;
	readonly name: string;
	readonly state: string;
	readonly parent: number;
	readonly group: number;
	readonly session: number;
}

/** What the kernel says of a process; nothing when there is none, not even a zombie. */
export function processFacts(pid: number | string): ProcessFacts | undefined {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/stat`, 'latin1');
	} catch {
		return undefined;
	}
	const end = text.lastIndexOf(')');
	const [state = '', parent, group, session] = text.slice(end + 2).split(' ');
	return {
		pid: Number(pid),
		name: text.slice(text.indexOf('(') + 1, end),
		state,
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
	};
}

function allProcesses(): ProcessFacts[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(processFacts)
		.filter((facts) => facts !== undefined);
}

export function childrenOf(pid: number): ProcessFacts[] {
	return allProcesses().filter(({ parent }) => parent === pid);
}

export function membersOf(group: number): ProcessFacts[] {
	return allProcesses().filter((facts) => facts.group === group && !isDead(facts));
}

/** The process runs no more; whoever its parent is by now may not have waited for it yet. */
export function hasDied(pid: number): boolean {
	const facts = processFacts(pid);
	return facts === undefined || isDead(facts);
}

function isDead({ state }: ProcessFacts): boolean {
	return state === 'Z' || state === 'X';
}

/** The launchers of a process, by the name that the kernel cuts off after 15 characters. */
export function launchersOf(pid: number): number[] {
	return childrenOf(pid)
		.filter(({ name, state }) => name === 'os-process-laun' && state !== 'Z')
		.map((child) => child.pid);
}

/** Kills the launchers of a process, if there are any, and gives their number. */
export function killLaunchers(pid: number): number {
	const launchers = launchersOf(pid);
	for (const launcher of launchers) {
		try {
			process.kill(launcher, 'SIGKILL');
		} catch {
			// Until it executes its program a job looks like the launcher, and this one has ended meanwhile.
		}
	}
	return launchers.length;
}

/** For `after`: this process has no children but launchers, and no zombies. */
export async function assertNoChildren(): Promise<void> {
	const others = () => childrenOf(process.pid).filter(({ name, state }) => name !== 'os-process-laun' || state === 'Z');
	await waitUntil(() => others().length === 0, 'no children are left').catch(() => assert.deepEqual(others(), []));
}

/** For jobs that are meant to outlive their tracker. */
export function killGroupAfter(t: TestContext, pid: number): void {
	t.after(() => killGroup(pid));
}

export function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended.
	}
}
