import type { BigIntStats } from 'node:fs';
import { access, stat } from 'node:fs/promises';

/** stat(2), links followed: the facts, or the name of the error. With big integers, for inodes beyond 2^53. */
export async function statOrErrno(path: string): Promise<BigIntStats | string> {
	try {
		return await stat(path, { bigint: true });
	} catch (error) {
		return errnoOf(error);
	}
}

/** access(2): the name of the error, or nothing when access is granted. It asks for the real user, not the effective. */
export async function accessErrno(path: string, mode: number): Promise<string | undefined> {
	try {
		await access(path, mode);
		return undefined;
	} catch (error) {
		return errnoOf(error);
	}
}

/** The name of a system error; anything else is thrown on. */
export function errnoOf(error: unknown): string {
	if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
		return error.code;
	}
	throw error;
}
