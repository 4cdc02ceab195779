import { type Ended, type Evidence, knowledgeOf } from '../../e2e/chaos/exposure';
import type { Kill } from '../../e2e/chaos/field';
import { type Clip, repeatsOf, verdictOf } from '../../e2e/chaos/verdict';
import type { RecordedRequest, SimulatedTask } from '../../../tools/simulator';

const PROMPT = '<nodeUrl 3.0>';

const task = (id: string, promptText = PROMPT): SimulatedTask => ({
	id,
	route: 'video_to_video',
	model: 'gen4_aleph',
	promptText,
	status: 'SUCCEEDED',
	createdAt: 1_000,
	finishesAt: 2_000,
	createCount: 1,
	readCount: 1,
});

const request = (of: Partial<RecordedRequest>): RecordedRequest => ({
	at: 1_000,
	server: 'api',
	method: 'POST',
	path: '/',
	headers: {},
	status: 200,
	bodyBytes: 0,
	...of,
});

const create = (closedAt?: number, promptText = PROMPT) =>
	request({ operation: 'create', promptText, closedAt });

const kill = (signalAt: number, suspended: string[] = []): Kill => ({
	round: 3,
	signal: 'SIGKILL',
	moment: 'at any time',
	signalAt,
	endedAt: signalAt + 100,
	suspended,
	open: { creates: 0, looks: 0, downloads: 0, deliveries: 0 },
});

const crashed = (more = '', prompt = PROMPT, stored: object = { resultData: {} }): Ended => ({
	id: '5',
	status: 'crashed',
	data: JSON.stringify({ prompt, more, ...stored }),
});

const unresumed: Ended = {
	...crashed('one', PROMPT, { resultData: { error: { message: 'OTel settings not yet there' } } }),
	status: 'error',
};

/** As it is stored with a run of the Wait node that has just been suspended. */
const suspending = (...nodeExecutionStack: object[]): Ended =>
	crashed('one', PROMPT, {
		resultData: { runData: { Wait: [{ executionStatus: 'waiting' }] } },
		executionData: { nodeExecutionStack },
	});

const evidence = (of: Partial<Evidence>): Evidence => ({
	kills: [kill(2_000)],
	requests: [create(1_100)],
	tasks: [task('one')],
	deliveries: [],
	...of,
});

const SAVING = '<waitUrl 3.0>';
const saving = evidence({ tasks: [task('one', SAVING)], requests: [create(1_100, SAVING)] });
const look = request({ operation: 'read', at: 1_500, taskId: 'one' });

describe('what n8n knows of the tasks of an execution that has not succeeded', () => {
	it.each<[string, string, Ended, Evidence]>([
		['all: its data has them', 'all', crashed('one'), evidence({})],
		['all: there are none', 'all', crashed(), evidence({ tasks: [] })],
		[
			'that one may exist',
			'uncertain',
			{ ...crashed(), status: 'error', data: `${PROMPT} {"submissionUncertain":true}` },
			evidence({}),
		],
		['all, and it is stuck: it was not resumed', 'unresumed', unresumed, evidence({})],
		[
			'all, and it is stuck: it was not resumed, and earlier items are gone',
			'unresumed',
			{ ...unresumed, data: unresumed.data.replace(PROMPT, '') },
			evidence({}),
		],
		[
			'nothing: it was not resumed, and names no task',
			'lost',
			{ ...unresumed, data: unresumed.data.replace(PROMPT, '').replace('one', '') },
			evidence({}),
		],
		['all, and it is stuck: nothing is left to run', 'emptied', suspending(), evidence({})],
		['all: it is suspended', 'all', suspending({}), evidence({})],
		['nothing: in flight', 'inFlight', crashed(), evidence({ requests: [create()] })],
		['nothing: just answered', 'unsaved', crashed(), evidence({})],
		['nothing: it stayed', 'staying', crashed(), evidence({ kills: [kill(20_000)] })],
		['less than it ought to: long after', 'lost', crashed(), evidence({ kills: [kill(40_000)] })],
		['less: it was suspended', 'lost', crashed(), evidence({ kills: [kill(2_000, ['5'])] })],
		['less: nobody ended it', 'lost', crashed(), evidence({ kills: [kill(10)] })],
		['less: it ended by itself', 'lost', { ...crashed(), status: 'error' }, evidence({})],
		['nothing yet, though it saves', 'unsaved', crashed('', SAVING), saving],
		[
			'less: it saves, and looked already',
			'lost',
			crashed('', SAVING),
			{ ...saving, requests: [...saving.requests, look] },
		],
	])('is %s', (_what, expected, ended, given) => {
		expect(knowledgeOf(ended, given)).toBe(expected);
	});
});

const delivery = (execution: string, taskId?: string, error?: string, at = 3_000) => ({
	execution,
	prompt: PROMPT,
	taskId,
	error,
	at,
});

describe('the verdict on a clip', () => {
	const clip = (of: Partial<Clip>): Clip => ({
		prompt: PROMPT,
		tasks: [task('one')],
		deliveries: [],
		...of,
	});

	it.each<[string, Partial<Clip>]>([
		['delivered', { deliveries: [delivery('5', 'one')] }],
		['uncertain', { deliveries: [delivery('5', undefined, 'it may have been accepted')] }],
		['uncertain', { knowledge: 'uncertain' }],
		['inFlight', { knowledge: 'inFlight' }],
		['leftAlone', { tasks: [], knowledge: 'inFlight' }],
		['createdTwice', { tasks: [task('one'), task('two')], deliveries: [delivery('5', 'one')] }],
		['mixedUp', { deliveries: [delivery('5', 'two')] }],
		['emptied', { knowledge: 'emptied' }],
		['lost', {}],
		['lost', { knowledge: 'all' }],
		['lost', { knowledge: 'lost' }],
		['lost', { deliveries: [delivery('5', 'one', 'The download failed')] }],
	])('is %s', (expected, of) => {
		expect(verdictOf(clip(of))).toBe(expected);
	});

	it.each([
		['retry', delivery('5', 'one'), delivery('6', 'one'), new Map([['5', '6']])],
		['kill', delivery('5', 'one', '', 1_900), delivery('5', 'one', '', 2_500), new Map()],
		['unasked', delivery('5', 'one'), delivery('5', 'one'), new Map()],
		['unasked', delivery('5', 'one', '', 1_900), delivery('6', 'one', '', 2_500), new Map()],
	])('of a second delivery is %s', (expected, first, second, retries) => {
		const deliveries = [first, second];
		expect(repeatsOf({ deliveries }, { kills: [kill(2_000)] }, retries)).toEqual([expected]);
	});
});
