import { sleep } from 'n8n-workflow';
import { createClock } from '../../../nodes/shared/http/clock';

const HOUR_MS = 3_600_000;

/** What `Date.now` says, with the clock set forward or back after its first so many answers. */
function setClock(byMs: number, afterAnswers: number): void {
	const now = Date.now.bind(Date);
	let answers = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + (answers++ < afterAnswers ? 0 : byMs));
}

async function tookMs(sleep: () => Promise<void>): Promise<number> {
	const startedAt = performance.now();
	await sleep();
	return performance.now() - startedAt;
}

afterEach(() => jest.restoreAllMocks());

it.each([
	['as long as it is asked to', 300, 0, 290, 2_000],
	['no longer when the clock is set back meanwhile', 300, -HOUR_MS, 290, 2_000],
	[
		'no longer than the clock says when it leaps ahead, as after the sleep of a laptop',
		HOUR_MS,
		2 * HOUR_MS,
		150,
		2_000,
	],
])('sleeps %s', async (_how, ms, leapMs, least, most) => {
	setClock(leapMs, 1);
	const took = await tookMs(async () => await createClock(sleep, undefined).sleep(ms));
	expect(took).toBeGreaterThanOrEqual(least);
	expect(took).toBeLessThan(most);
});

it('wakes up soon after Stop', async () => {
	const stop = new AbortController();
	const clock = createClock(sleep, stop.signal);
	setTimeout(() => stop.abort(), 50);
	expect(await tookMs(async () => await clock.sleep(HOUR_MS))).toBeLessThan(1_000);
	expect(clock.stopped()).toBe(true);
});
