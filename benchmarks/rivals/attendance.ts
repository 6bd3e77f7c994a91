import { type RivalEntry, type RivalName, rivals } from './rivals.js';

export interface Attendance {
	readonly versions: Readonly<Partial<Record<RivalName, string>>>;
	/** Why a rival is left out. */
	readonly missing: Readonly<Partial<Record<RivalName, string>>>;
}

export async function attendance(): Promise<Attendance> {
	const versions: Partial<Record<RivalName, string>> = {};
	const missing: Partial<Record<RivalName, string>> = {};
	for (const rival of rivals) await call(rival);
	return { versions, missing };

	async function call(rival: RivalEntry): Promise<void> {
		try {
			versions[rival.name] = await rival.version();
		} catch (error) {
			missing[rival.name] = error instanceof Error ? error.message : String(error);
		}
	}
}
