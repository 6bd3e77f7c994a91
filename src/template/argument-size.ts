import { Drmaa2Error } from '../drmaa2/index.js';

/**
 * Refuses arguments and environments that no execve(2) would take: more than 6 MiB together (three quarters of the
 * kernel's 8 MiB stack, whatever RLIMIT_STACK is), or a string of more than 131072 bytes (MAX_ARG_STRLEN). Every string
 * counts with its NUL and a pointer of 8 bytes, as in the kernel. A lower RLIMIT_STACK is found by execve itself.
 *
 * @throws Drmaa2Error `InvalidArgument` with errno `E2BIG` and the attribute that takes most
 */
export function checkArgumentSize(argv: readonly string[], env: readonly string[]): void {
	// A UTF-16 unit is at most three bytes of UTF-8: nearly every job is settled without looking at a character.
	if (upperBound(argv) + upperBound(env) <= LONGEST_STRING) {
		return;
	}
	const argvSize = byteSize(argv, argumentName);
	const envSize = byteSize(env, variableName);
	if (argvSize + envSize > LARGEST_SUM) {
		const attribute = argvSize >= envSize ? 'args' : 'jobEnvironment';
		throw tooBig(
			attribute,
			`${attribute}: arguments (${argvSize} bytes) and environment (${envSize} bytes) exceed the ${LARGEST_SUM} bytes a program can be given`,
		);
	}
}

const LONGEST_STRING = 131_072;
const LARGEST_SUM = 6 * 1024 * 1024;
const OVERHEAD = 1 + 8;

function upperBound(strings: readonly string[]): number {
	let bound = 0;
	for (const string of strings) {
		bound += 3 * string.length + OVERHEAD;
	}
	return bound;
}

interface StringName {
	readonly attribute: string;
	readonly name: string;
}

function byteSize(strings: readonly string[], nameOf: (string: string, index: number) => StringName): number {
	let size = 0;
	for (const [index, string] of strings.entries()) {
		const bytes = Buffer.byteLength(string);
		if (bytes + 1 > LONGEST_STRING) {
			const { attribute, name } = nameOf(string, index);
			throw tooBig(attribute, `${name} takes ${bytes + 1} bytes, more than the ${LONGEST_STRING} one string may have`);
		}
		size += bytes + OVERHEAD;
	}
	return size;
}

function argumentName(_: string, index: number): StringName {
	return index === 0
		? { attribute: 'remoteCommand', name: 'remoteCommand' }
		: { attribute: 'args', name: `args[${index - 1}]` };
}

function variableName(string: string): StringName {
	const name = string.slice(0, string.indexOf('='));
	return { attribute: 'jobEnvironment', name: `the environment variable ${JSON.stringify(name.slice(0, 80))}` };
}

function tooBig(attribute: string, fault: string): Drmaa2Error {
	const message = `${fault}: pass the data in a file or through standard input`;
	return new Drmaa2Error('InvalidArgument', message, { attribute, errno: 'E2BIG', syscall: 'execve' });
}
