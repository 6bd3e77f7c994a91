import {
	Drmaa2Error,
	type JobInfo,
	type MonitoringSession,
	type MonitorSnapshot,
	type ProcessTracker,
} from '../../src/index.js';
import { ORDERS, type Order, screenLines } from './view.js';

/** What is shown, and what the keys do to it. */
export class Top {
	readonly #tracker: ProcessTracker;
	readonly #session: MonitoringSession;
	#snapshot: MonitorSnapshot | undefined;
	#jobs: readonly JobInfo[] = [];
	#selected: string | undefined;
	#order: Order = 'cpu';
	#message = '';

	constructor(tracker: ProcessTracker, session: MonitoringSession) {
		this.#tracker = tracker;
		this.#session = session;
	}

	async show(snapshot: MonitorSnapshot, draw: (lines: readonly string[]) => void): Promise<void> {
		this.#snapshot = snapshot;
		await this.redraw(draw);
	}

	async redraw(draw: (lines: readonly string[]) => void): Promise<void> {
		const ids = await this.#tracker.listJobs();
		this.#jobs = await Promise.all(ids.map((id) => this.#tracker.jobInfo(id)));
		this.#selected ??= ids[0];
		const [machine] = await this.#session.getAllMachines();
		if (machine === undefined || this.#snapshot === undefined) {
			return;
		}
		// A terminal that does not know its size says 0, and what is no terminal says nothing.
		const columns = process.stdout.columns || 120;
		const rows = process.stdout.rows || 40;
		const view = { machine, jobs: this.#jobs, snapshot: this.#snapshot, selectedJob: this.#selected, columns, rows };
		draw(screenLines({ ...view, order: this.#order, message: this.#message }));
	}

	async press(key: string): Promise<void> {
		this.#message = '';
		const order = ORDERS.find((candidate) => candidate.startsWith(key) && key.length === 1);
		const action = ({ s: 'suspend', r: 'resume', k: 'terminate' } as const)[key];
		if (key === 'up' || key === 'down') {
			const index = this.#jobs.findIndex(({ id }) => id === this.#selected) + (key === 'up' ? -1 : 1);
			this.#selected = this.#jobs[Math.max(0, Math.min(index, this.#jobs.length - 1))]?.id;
		} else if (action !== undefined && this.#selected !== undefined) {
			await this.#control(this.#selected, action);
		} else if (order !== undefined) {
			this.#order = order;
		}
	}

	async #control(id: string, action: 'suspend' | 'resume' | 'terminate'): Promise<void> {
		try {
			await this.#tracker.jobControl(id, action);
			this.#message = `${action} of job ${id} is requested; its state follows when the kernel has acted`;
		} catch (error) {
			if (!(error instanceof Drmaa2Error)) {
				throw error;
			}
			this.#message = error.message;
		}
	}
}
