import {
	DEFAULT_BUDGET_MS,
	retry,
	type RetryOptions,
	type RetryResult,
} from '../../../nodes/shared/http/retry';
import type { Outcome, OutcomeKind } from '../../../nodes/shared/http/outcome';
import { createPace } from '../../../nodes/shared/http/pace';
import {
	createFakeClock,
	type FakeClock,
	type FakeClockSettings,
} from '../../../tools/clock/fakeClock';

const answer = (kind: OutcomeKind, retryAfterMs?: number): Outcome =>
	retryAfterMs === undefined ? { kind } : { kind, retryAfterMs };

interface Call extends RetryResult {
	clock: FakeClock;
	sent: number;
	tookMs: number;
}

interface CallSettings extends FakeClockSettings, Partial<RetryOptions> {
	sendTakesMs?: number;
	stopDuringAttempt?: number;
}

/** Makes a call on a fake clock that is answered by the outcomes in turn, and by the last one from then on. */
async function callOnFakeClock(answers: Outcome[], settings: CallSettings = {}): Promise<Call> {
	const {
		method = 'POST',
		budgetMs = DEFAULT_BUDGET_MS,
		retryUncertain,
		sendTakesMs = 0,
		stopDuringAttempt,
	} = settings;
	const clock = createFakeClock(settings);
	const startedAt = clock.now();
	let sent = 0;
	const send = async () => {
		sent += 1;
		if (sent > 100) throw new Error('The call does not come to an end');
		clock.advance(sendTakesMs);
		if (sent === stopDuringAttempt) clock.stop();
		return answers[Math.min(sent, answers.length) - 1];
	};
	const pace = createPace(5, clock);
	const result = await retry(pace, send, { method, budgetMs, retryUncertain }, clock);
	return { ...result, clock, sent, tookMs: clock.now() - startedAt };
}

const OK = answer('success');
const BUSY = answer('rateLimited');

describe('a call ends', () => {
	it.each<[string, CallSettings, OutcomeKind[], number, OutcomeKind, boolean]>([
		['with the first success', {}, ['success'], 1, 'success', false],
		[
			'with a success after all that never arrived',
			{},
			['unreachable', 'overloaded', 'rateLimited', 'success'],
			4,
			'success',
			false,
		],
		['with a refusal, at once', {}, ['badRequest', 'success'], 1, 'badRequest', false],
		['when a POST may have been accepted', {}, ['serverError', 'success'], 1, 'serverError', true],
		[
			'when a repeated POST may have been accepted',
			{},
			['rateLimited', 'serverError', 'success'],
			2,
			'serverError',
			true,
		],
		[
			'not so for a GET, which is repeated',
			{ method: 'GET' },
			['serverError', 'connectionLost', 'unreadable', 'success'],
			4,
			'success',
			false,
		],
		[
			'not so with Retry Uncertain',
			{ retryUncertain: true },
			['serverError', 'success'],
			2,
			'success',
			true,
		],
	])('%s', async (_when, settings, kinds, attempts, kind, maybeAccepted) => {
		const call = await callOnFakeClock(
			kinds.map((each) => answer(each)),
			settings,
		);
		expect(call).toMatchObject({ outcome: { kind }, sent: attempts, maybeAccepted });
		expect(call.clock.sleeps).toHaveLength(attempts - 1);
	});
});

it.each<OutcomeKind>(['badRequest', 'rateLimited'])(
	'that a POST may have been accepted is remembered when later attempts end as %s',
	async (later) => {
		const call = await callOnFakeClock([answer('connectionLost'), answer(later)], {
			retryUncertain: true,
		});
		expect(call).toMatchObject({ outcome: { kind: later }, maybeAccepted: true });
	},
);

it('hands out the outcome of the last attempt as it is', async () => {
	const last: Outcome = { kind: 'success', statusCode: 200, body: { id: 'task-1' } };
	const { outcome } = await callOnFakeClock([BUSY, last]);
	expect(outcome).toBe(last);
});

describe('pauses', () => {
	it('grow from attempt to attempt, until the budget ends', async () => {
		const call = await callOnFakeClock([BUSY]);
		expect(call.clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
		expect(call).toMatchObject({ outcome: BUSY, sent: 8, tookMs: 91_000 });
	});

	it('carry jitter', async () => {
		const call = await callOnFakeClock([answer('overloaded'), BUSY, OK], { random: () => 1 });
		expect(call.clock.sleeps).toEqual([1_500, 1_500]);
	});

	it('are as long as Retry-After asks for, each by its own answer', async () => {
		const call = await callOnFakeClock([
			answer('overloaded', 7_000),
			BUSY,
			answer('rateLimited', 9_000),
			OK,
		]);
		expect(call.clock.sleeps).toEqual([7_000, 1_000, 9_000]);
	});
});

describe('the budget', () => {
	it('holds the time of the attempts too', async () => {
		const call = await callOnFakeClock([BUSY], { budgetMs: 10_000, sendTakesMs: 4_000 });
		expect(call).toMatchObject({ sent: 2, tookMs: 9_000 });
	});

	it('lets an attempt start just at its end, and none after', async () => {
		expect(await callOnFakeClock([BUSY], { budgetMs: 3_000 })).toMatchObject({
			sent: 3,
			tookMs: 3_000,
		});
		expect(await callOnFakeClock([BUSY], { budgetMs: 2_999 })).toMatchObject({
			sent: 2,
			tookMs: 1_000,
		});
	});

	it('ends the call without waiting, when Retry-After asks for more than is left', async () => {
		const call = await callOnFakeClock([answer('rateLimited', 60_000)], { budgetMs: 30_000 });
		expect(call).toMatchObject({
			outcome: { kind: 'rateLimited', retryAfterMs: 60_000 },
			sent: 1,
			tookMs: 0,
		});
	});
});

describe('Stop', () => {
	it('during a pause ends the call there, without another attempt', async () => {
		const call = await callOnFakeClock([BUSY, OK], { stopAfterMs: 400 });
		expect(call).toMatchObject({ outcome: { kind: 'notSent' }, sent: 1, tookMs: 400 });
	});

	it('during an attempt lets it finish, and none follow', async () => {
		const call = await callOnFakeClock([BUSY, OK], { stopDuringAttempt: 1, sendTakesMs: 50 });
		expect(call).toMatchObject({ outcome: BUSY, sent: 1, tookMs: 50 });
	});

	it('during an attempt that succeeds does not lose the success', async () => {
		const call = await callOnFakeClock([BUSY, OK], { stopDuringAttempt: 2 });
		expect(call).toMatchObject({ outcome: OK, sent: 2 });
	});
});
