export async function ratePerSecond(count: number, work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return (count / (performance.now() - begun)) * 1000;
}
