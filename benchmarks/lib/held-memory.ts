const held: Buffer[] = [];

// Kept reachable for the life of the process; filled, because untouched pages cost neither memory nor fork time.
export function holdMemory(megabytes: number): void {
	if (megabytes > 0) held.push(Buffer.alloc(megabytes * 1024 * 1024).fill(1));
}
