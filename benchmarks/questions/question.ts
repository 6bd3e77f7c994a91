import type { Launcher } from '../rivals/launcher.js';
import type { RivalName } from '../rivals/rivals.js';

export interface Question<P extends Params = Params, S extends Sample = Sample> {
	readonly asks: string;
	/** C sources of the jobs that it launches. */
	readonly programs: readonly string[];
	/** Those that bring a `_start` of their own and no libc. */
	readonly barePrograms?: readonly string[];
	plan(quick: boolean): readonly Measurement<P>[];
	/** Runs in a process of its own, once per rival, scenario and round. */
	measure(launcher: Launcher, params: P): Promise<S>;
	/** Markdown */
	report(results: readonly Result<P, S>[]): string;
}

export type Params = Readonly<Record<string, string | number>> & { readonly heldMegabytes: number };
export type Sample = Readonly<Record<string, number | undefined>>;

export interface Measurement<P extends Params = Params> {
	readonly rival: RivalName;
	readonly params: P;
}

export interface Result<P extends Params = Params, S extends Sample = Sample> extends Measurement<P> {
	/** One per round that succeeded. */
	readonly samples: readonly S[];
	readonly failure?: string;
}
