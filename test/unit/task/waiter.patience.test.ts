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

describe.each<[string, Look, object]>([
	['task_not_exist', notFound, { kind: 'notFound' }],
	[
		'an address that cannot be reached',
		problem('minute'),
		{ kind: 'failedToRead', problem: outcomeWith('minute') },
	],
])('%s', (_what, look, ending) => {
	it('is put up with for the first minute, in which the task may appear', async () => {
		const { end, lookedAt } = await waitOnFakeClock((at) =>
			at < minute - 5_000 ? look : succeeded,
		);
		expect(end).toMatchObject({ kind: 'finished' });
		expect(lookedAt[lookedAt.length - 1]).toBe(minute - 5_000);
	});

	it('is believed once it has been so for a minute after the first look', async () => {
		const { end, lookedAt } = await waitOnFakeClock(inTurn(look));
		expect(end).toMatchObject({ ...ending, task: undefined, waitedMs: minute });
		expect(lookedAt).toHaveLength(13);
	});

	it('is believed a minute after the task was last seen, and tells the last task', async () => {
		const { end, lookedAt } = await waitOnFakeClock((at) => (at <= 100_000 ? running : look));
		const lastSeenAt = lookedAt.filter((at) => at <= 100_000).pop() ?? 0;
		expect(end).toMatchObject({ ...ending, task: { status: 'RUNNING' } });
		expect(end.waitedMs).toBeGreaterThanOrEqual(lastSeenAt + minute);
		expect(end.waitedMs).toBeLessThanOrEqual(lastSeenAt + minute + 16_000);
	});

	it('starts a new minute each time the task is seen', async () => {
		const { end } = await waitOnFakeClock((at, index) =>
			at > 200_000 ? succeeded : index % 3 === 0 ? running : look,
		);
		expect(end).toMatchObject({ kind: 'finished' });
	});

	it('is not believed a moment before the minute is over', async () => {
		const { end, lookedAt } = await waitOnFakeClock(inTurn(look), {
			lookTakesMs: 0,
			minPollMs: 59_999,
			timeoutMs: 300_000,
		});
		expect(end).toMatchObject(ending);
		expect(lookedAt).toEqual([0, 59_999, 119_998]);
	});

	it('gives way to the deadline when that comes first', async () => {
		const { end } = await waitOnFakeClock(inTurn(look), { timeoutMs: 30_000 });
		expect(end).toMatchObject({ kind: 'timedOut', waitedMs: 30_000 });
	});
});

it('the two share one minute: an outage is no news of the task either', async () => {
	const { end } = await waitOnFakeClock((at) => (at < 30_000 ? notFound : problem('minute')));
	expect(end).toMatchObject({ kind: 'failedToRead', waitedMs: minute });
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
