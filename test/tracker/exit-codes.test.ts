import { after, test } from 'node:test';
import { assertExited, assertNoChildren, endOf, shell, withTracker } from '../support/index.js';

after(assertNoChildren);

test('every exit code comes back as it was', async (t) => {
	const tracker = await withTracker(t, { maxRunning: 8 });
	const codes = Array.from({ length: 256 }, (_, code) => code);
	const ids = await Promise.all(codes.map((code) => tracker.addJob(shell(`exit ${code}`))));
	for (const code of codes) {
		assertExited(await endOf(tracker, ids[code]!), code);
	}
});
