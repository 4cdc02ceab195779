import { SCHEDULE } from '../../../nodes/shared/task/schedule';
import {
	inTurn,
	notFound,
	outcomeWith,
	problem,
	running,
	seen,
	STEADY_GAP_MS,
	succeeded,
	TASK_ID,
	waitOnFakeClock,
} from '../support/waiterWorld';

const task = (status: string, fields: object = {}) => ({ taskId: TASK_ID, status, ...fields });

describe('a wait ends with the finished task', () => {
	it.each([
		['SUCCEEDED', succeeded],
		['FAILED', seen('FAILED', { failure: 'no' })],
		['CANCELLED', seen('CANCELLED')],
	])('when it is %s', async (status, last) => {
		const { end, lookedAt } = await waitOnFakeClock(
			inTurn(seen('PENDING'), seen('THROTTLED'), running, last),
		);
		expect(end).toMatchObject({
			kind: 'finished',
			task: { status },
			looks: 4,
			waitedMs: lookedAt[3],
		});
	});

	it('at once, without any sleep, when it is finished already', async () => {
		const { end, clock } = await waitOnFakeClock(inTurn(succeeded));
		expect(end).toMatchObject({ kind: 'finished', looks: 1, waitedMs: 0 });
		expect(clock.sleeps.filter((ms) => ms > 0)).toEqual([]);
	});

	it('not on a status word that is not known', async () => {
		const { end } = await waitOnFakeClock(
			inTurn(seen('PENDING', { rawStatus: 'DONE' }), succeeded),
		);
		expect(end).toMatchObject({ kind: 'finished', looks: 2, task: { status: 'SUCCEEDED' } });
	});

	it('counts the time of the looks themselves', async () => {
		const { end } = await waitOnFakeClock(inTurn(running, succeeded), { lookTakesMs: 700 });
		expect(end).toMatchObject({ kind: 'finished', looks: 2, waitedMs: 700 + STEADY_GAP_MS + 700 });
	});
});

describe('SUCCEEDED without a URL', () => {
	const without = {
		kind: 'succeededWithoutUrl',
		task: { taskId: TASK_ID, status: 'SUCCEEDED' },
	} as const;

	it('is looked at again for a minute, in which the URL may come', async () => {
		const { end } = await waitOnFakeClock((at) => (at < 50_000 ? without : succeeded));
		expect(end).toMatchObject({ kind: 'finished', task: { status: 'SUCCEEDED' } });
	});

	it('is an end of its own after that', async () => {
		const { end } = await waitOnFakeClock(inTurn(running, without));
		expect(end).toMatchObject({ kind: 'succeededWithoutUrl', task: without.task });
		expect(end.waitedMs).toBeGreaterThanOrEqual(60_000);
		expect(end.waitedMs).toBeLessThan(80_000);
	});

	it('is the end at the deadline', async () => {
		const { end } = await waitOnFakeClock(inTurn(without), { timeoutMs: 20_000 });
		expect(end).toMatchObject({ kind: 'succeededWithoutUrl', waitedMs: 20_000 });
	});
});

it('a look that was refused ends the wait at once, with the problem and the last task', async () => {
	const { end } = await waitOnFakeClock(inTurn(running, problem('none')));
	expect(end).toEqual({
		kind: 'failedToRead',
		problem: outcomeWith('none'),
		task: task('RUNNING'),
		looks: 2,
		waitedMs: STEADY_GAP_MS,
	});
});

describe('the deadline', () => {
	it('ends the wait with the last task, and no problem that has passed', async () => {
		const looks = inTurn(problem('untilDeadline'), seen('RUNNING', { progress: 0.5 }));
		const { end } = await waitOnFakeClock(looks, { timeoutMs: 60_000 });
		expect(end).toMatchObject({
			kind: 'timedOut',
			task: task('RUNNING', { progress: 0.5 }),
			problem: undefined,
			waitedMs: 60_000,
		});
	});

	it('ends the wait with the last problem where there is one', async () => {
		const { end } = await waitOnFakeClock(inTurn(running, problem('untilDeadline')), {
			timeoutMs: 60_000,
		});
		expect(end).toMatchObject({
			kind: 'timedOut',
			task: task('RUNNING'),
			problem: outcomeWith('untilDeadline'),
			waitedMs: 60_000,
		});
	});

	it('ends the wait without a task when none was ever seen', async () => {
		const { end } = await waitOnFakeClock(inTurn(notFound), { timeoutMs: 20_000 });
		expect(end).toEqual({
			kind: 'timedOut',
			task: undefined,
			problem: undefined,
			isUnknown: true,
			silentMs: 20_000,
			looks: 5,
			waitedMs: 20_000,
		});
	});

	it('is met by a last look just on it, when minPollMs allows', async () => {
		const { end, lookedAt } = await waitOnFakeClock(inTurn(running), {
			timeoutMs: 3 * STEADY_GAP_MS,
		});
		expect(lookedAt).toEqual([0, 1, 2, 3].map((gaps) => gaps * STEADY_GAP_MS));
		expect(end).toMatchObject({ kind: 'timedOut', looks: 4, waitedMs: 3 * STEADY_GAP_MS });
	});

	it('is slept through without a look that would come closer than minPollMs', async () => {
		const { end, lookedAt } = await waitOnFakeClock(inTurn(running), {
			timeoutMs: 3 * STEADY_GAP_MS + 2_000,
		});
		expect(lookedAt).toEqual([0, 1, 2, 3].map((gaps) => gaps * STEADY_GAP_MS));
		expect(end).toMatchObject({ kind: 'timedOut', looks: 4, waitedMs: 3 * STEADY_GAP_MS + 2_000 });
	});

	it('brings a widened gap forward, to look once more just on it', async () => {
		const { end, lookedAt } = await waitOnFakeClock(
			(at) => (at >= 1_200_000 ? succeeded : running),
			{ timeoutMs: 1_200_000 },
		);
		const [previous, last] = lookedAt.slice(-2);
		expect(last).toBe(1_200_000);
		expect(last - previous).toBeLessThan(SCHEDULE.runWidening * previous);
		expect(end).toMatchObject({ kind: 'finished', waitedMs: 1_200_000 });
	});

	it('still allows one look when it is zero', async () => {
		expect((await waitOnFakeClock(inTurn(succeeded), { timeoutMs: 0 })).end).toMatchObject({
			kind: 'finished',
			looks: 1,
		});
		expect((await waitOnFakeClock(inTurn(running), { timeoutMs: 0 })).end).toMatchObject({
			kind: 'timedOut',
			looks: 1,
			waitedMs: 0,
		});
	});

	it('ends the wait right after a look that took longer than it', async () => {
		const { end } = await waitOnFakeClock(inTurn(running), {
			timeoutMs: 10_000,
			lookTakesMs: 30_000,
		});
		expect(end).toMatchObject({ kind: 'timedOut', looks: 1, waitedMs: 30_000 });
	});

	it('does not keep a task that is finished on it from being a success', async () => {
		const { end } = await waitOnFakeClock(inTurn(succeeded), {
			timeoutMs: 10_000,
			lookTakesMs: 30_000,
		});
		expect(end).toMatchObject({ kind: 'finished', looks: 1, waitedMs: 30_000 });
	});
});

describe('Stop', () => {
	it('before the first look ends the wait without one', async () => {
		const { end } = await waitOnFakeClock(inTurn(running), { stopAfterMs: 0 });
		expect(end).toEqual({ kind: 'stopped', task: undefined, looks: 0, waitedMs: 0 });
	});

	it('during a sleep ends the wait there, with the last task', async () => {
		const { end } = await waitOnFakeClock(inTurn(running), { stopAfterMs: 7_300 });
		expect(end).toEqual({ kind: 'stopped', task: task('RUNNING'), looks: 2, waitedMs: 7_300 });
	});

	it('during the last sleep before the deadline is a stop, not a timeout', async () => {
		const { end } = await waitOnFakeClock(inTurn(running), {
			timeoutMs: 8_000,
			stopAfterMs: 7_300,
		});
		expect(end).toMatchObject({ kind: 'stopped', waitedMs: 7_300 });
	});

	it('during a look ends the wait after it, and takes no notice of what it showed', async () => {
		const looks = inTurn(running, succeeded);
		const { end } = await waitOnFakeClock(looks, { stopDuringLook: 2, lookTakesMs: 400 });
		expect(end).toEqual({
			kind: 'stopped',
			task: task('RUNNING'),
			looks: 1,
			waitedMs: 800 + STEADY_GAP_MS,
		});
	});
});
