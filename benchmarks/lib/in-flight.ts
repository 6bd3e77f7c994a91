export async function keepInFlight(count: number, limit: number, task: () => Promise<void>): Promise<void> {
	let begun = 0;
	const lane = async (): Promise<void> => {
		while (begun < count) {
			begun += 1;
			await task();
		}
	};
	await Promise.all(Array.from({ length: limit }, lane));
}
