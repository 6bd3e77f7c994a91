interface Run<Value> {
	readonly first: number;
	readonly last: number;
	readonly value: Value;
}

/**
 * A value for each of some ordinals, kept as runs: what a million tasks have in common is one entry. Neighbours with the
 * same value are one run.
 */
export class TaskRuns<Value> {
	/** In order; no two overlap. */
	readonly #runs: Run<Value>[] = [];
	#size = 0;

	/** The number of ordinals that have a value. */
	get size(): number {
		return this.#size;
	}

	get(ordinal: number): Value | undefined {
		const run = this.#runs[this.#firstEndingFrom(ordinal)];
		return run !== undefined && run.first <= ordinal ? run.value : undefined;
	}

	has(ordinal: number): boolean {
		return this.get(ordinal) !== undefined;
	}

	/** Both ends included; what they had before is replaced. */
	set(first: number, last: number, value: Value): void {
		this.delete(first, last);
		this.#size += last - first + 1;
		const at = this.#firstEndingFrom(first);
		const before = this.#runs[at - 1];
		const after = this.#runs[at];
		const joinsBefore = before !== undefined && before.last + 1 === first && before.value === value;
		const joinsAfter = after !== undefined && last + 1 === after.first && after.value === value;
		this.#runs.splice(joinsBefore ? at - 1 : at, Number(joinsBefore) + Number(joinsAfter), {
			first: joinsBefore ? before.first : first,
			last: joinsAfter ? after.last : last,
			value,
		});
	}

	delete(first: number, last: number): void {
		const at = this.#firstEndingFrom(first);
		let end = at;
		const left: Run<Value>[] = [];
		for (let run = this.#runs[end]; run !== undefined && run.first <= last; run = this.#runs[++end]) {
			this.#size -= Math.min(run.last, last) - Math.max(run.first, first) + 1;
			if (run.first < first) {
				left.push({ ...run, last: first - 1 });
			}
			if (run.last > last) {
				left.push({ ...run, first: last + 1 });
			}
		}
		this.#runs.splice(at, end - at, ...left);
	}

	/** The position of the first run that ends at or behind an ordinal. */
	#firstEndingFrom(ordinal: number): number {
		let low = 0;
		let high = this.#runs.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#runs[middle]?.last ?? 0) < ordinal) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}
}
