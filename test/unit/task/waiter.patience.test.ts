import {
	inTurn,
	notFound,
	outcomeWith,
	problem,
	running,
	succeeded,
	waitOnFakeClock,
	type Look,
} from '../support/waiterWorld';

const minute = 60_000;

describe.each<[string, Look, object, number]>([
	['task_not_exist', notFound, { kind: 'notFound' }, 10 * minute],
	[
		'an address that cannot be reached',
		problem('minute'),
		{ kind: 'failedToRead', problem: outcomeWith('minute') },
		minute,
	],
])('%s', (_what, look, ending, patienceMs) => {
	const timeoutMs = 3 * patienceMs;

	it('is put up with for so long, in which the task may appear', async () => {
		const { end } = await waitOnFakeClock((at) => (at < patienceMs - 5_000 ? look : succeeded), {
			timeoutMs,
		});
		expect(end).toMatchObject({ kind: 'finished' });
	});

	it('is believed once it has been so for so long', async () => {
		const { end } = await waitOnFakeClock(inTurn(look), { timeoutMs });
		expect(end).toMatchObject({ ...ending, task: undefined });
		expect(end.waitedMs).toBeGreaterThanOrEqual(patienceMs);
		expect(end.waitedMs).toBeLessThan(patienceMs + 30_000);
	});

	it('is believed so long after the task was last seen, and tells the last task', async () => {
		const { end, lookedAt } = await waitOnFakeClock((at) => (at <= 100_000 ? running : look), {
			timeoutMs: timeoutMs + 100_000,
		});
		const lastSeenAt = lookedAt.filter((at) => at <= 100_000).pop() ?? 0;
		expect(end).toMatchObject({ ...ending, task: { status: 'RUNNING' } });
		expect(end.waitedMs).toBeGreaterThanOrEqual(lastSeenAt + patienceMs);
		expect(end.waitedMs).toBeLessThanOrEqual(lastSeenAt + patienceMs + 30_000);
	});

	it('begins anew each time the task is seen', async () => {
		const { end } = await waitOnFakeClock(
			(at, index) => (at > 4 * patienceMs ? succeeded : index % 3 === 0 ? running : look),
			{ timeoutMs: 10 * patienceMs },
		);
		expect(end).toMatchObject({ kind: 'finished' });
	});

	it('is not believed a moment before', async () => {
		const minPollMs = patienceMs - 1;
		const { end, lookedAt } = await waitOnFakeClock(inTurn(look), { minPollMs, timeoutMs });
		expect(end).toMatchObject(ending);
		expect(lookedAt).toEqual([0, minPollMs, 2 * minPollMs]);
	});

	it('gives way to the deadline when that comes first', async () => {
		const { end } = await waitOnFakeClock(inTurn(look), { timeoutMs: patienceMs / 2 });
		expect(end).toMatchObject({ kind: 'timedOut', waitedMs: patienceMs / 2 });
	});
});

describe('a task that is not there yet', () => {
	it('is never called missing before the deadline where it comes from a create', async () => {
		const { end } = await waitOnFakeClock(inTurn(notFound), {
			isOurs: true,
			timeoutMs: 30 * minute,
		});
		expect(end).toMatchObject({ kind: 'timedOut', isUnknown: true, waitedMs: 30 * minute });
	});

	it('is asked for at the beat of all tasks at first, and ever less often', async () => {
		const { lookedAt } = await waitOnFakeClock(inTurn(notFound), { timeoutMs: 30 * minute });
		const gaps = lookedAt.slice(1).map((at, index) => at - lookedAt[index]);
		expect(gaps.slice(0, 10)).toEqual(Array(10).fill(5_000));
		expect(gaps.at(-1)).toBe(30_000);
		expect(gaps.length).toBeLessThan(50);
	});

	it('is at its usual beat once it has appeared', async () => {
		const { lookedAt } = await waitOnFakeClock((at) => (at < 5 * minute ? notFound : running), {
			timeoutMs: 7 * minute,
		});
		const gaps = lookedAt.slice(1).map((at, index) => at - lookedAt[index]);
		expect(gaps.at(-2)).toBeLessThan(8_000);
	});

	it('has an address that is right: an outage after that is put up with for a minute of its own', async () => {
		const { end } = await waitOnFakeClock((at) =>
			at < 3 * minute ? notFound : at < 3 * minute + 50_000 ? problem('minute') : succeeded,
		);
		expect(end).toMatchObject({ kind: 'finished' });
	});
});

describe('a server in trouble', () => {
	it('is put up with far beyond a minute, and the task is not lost', async () => {
		const { end } = await waitOnFakeClock(
			(at) => (at < 10 * minute ? problem('untilDeadline') : succeeded),
			{ timeoutMs: 30 * minute },
		);
		expect(end).toMatchObject({ kind: 'finished' });
	});
});
