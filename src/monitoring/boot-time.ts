/** What a clock that is set in small steps may differ by before everything is moved. */
const TOLERANCE_MS = 50;

/**
 * The moment the machine was booted, by which start times are told. It is remembered: the start of a process must be the
 * same whenever it is asked for, although the wall clock is slowed and sped up all the time.
 */
export class BootTime {
	#milliseconds: number | undefined;

	/**
	 * Milliseconds from the epoch to the boot.
	 *
	 * @param realtimeAhead what the wall clock is ahead of the time since boot
	 */
	at(realtimeAhead: number): number {
		if (this.#milliseconds === undefined || Math.abs(realtimeAhead - this.#milliseconds) > TOLERANCE_MS) {
			this.#milliseconds = realtimeAhead;
		}
		return this.#milliseconds;
	}
}
