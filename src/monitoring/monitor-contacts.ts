import { Drmaa2Error } from '../drmaa2/index.js';
import { shown } from '../validation/index.js';
import { readContact } from './monitor-arguments.js';

/** The monitoring sessions that are open, by name: only counted, since there is nothing to prepare for them. */
export class MonitorContacts {
	readonly #open = new Map<string, number>();

	/** @throws Drmaa2Error `InvalidArgument` */
	open(name: unknown): void {
		const contact = readContact(name);
		this.#open.set(contact, (this.#open.get(contact) ?? 0) + 1);
	}

	/** @throws Drmaa2Error `InvalidArgument`, or `InvalidSession` when none of this name is open */
	close(name: unknown): void {
		const contact = readContact(name);
		const count = this.#open.get(contact);
		if (count === undefined) {
			throw new Drmaa2Error('InvalidSession', `no monitoring session ${shown(contact)} is open (any more)`);
		}
		if (count === 1) {
			this.#open.delete(contact);
		} else {
			this.#open.set(contact, count - 1);
		}
	}
}
