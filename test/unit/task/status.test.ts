import { combineStatus, parseStatus, type TaskStatus } from '../../../nodes/shared/task/status';

const RUNWAY_WORDS: Array<[string, TaskStatus]> = [
	['PENDING', 'PENDING'],
	['THROTTLED', 'THROTTLED'],
	['RUNNING', 'RUNNING'],
	['SUCCEEDED', 'SUCCEEDED'],
	['FAILED', 'FAILED'],
	['CANCELLED', 'CANCELLED'],
];

const GATEWAY_WORDS: Array<[string, TaskStatus]> = [
	['NOT_START', 'PENDING'],
	['SUBMITTED', 'PENDING'],
	['QUEUED', 'PENDING'],
	['IN_PROGRESS', 'RUNNING'],
	['SUCCESS', 'SUCCEEDED'],
	['FAILURE', 'FAILED'],
];

it.each([...RUNWAY_WORDS, ...GATEWAY_WORDS])(
	'the status word %s means %s and leaves no raw status',
	(word, status) => {
		expect(parseStatus(word)).toStrictEqual({ status });
	},
);

it.each(['in_progress', 'In_Progress', ' IN_PROGRESS\n'])(
	'a status word is understood however it is spelt: %p',
	(word) => {
		expect(parseStatus(word)).toStrictEqual({ status: 'RUNNING' });
	},
);

describe('a status word that is not known', () => {
	it.each(['succeeded?', '__proto__'])(
		'counts as not finished and is kept as it was: %s',
		(word) => {
			expect(parseStatus(word)).toStrictEqual({ status: 'PENDING', rawStatus: word });
		},
	);

	it.each<[string, unknown]>([
		['an empty text', ''],
		['blanks', '  '],
		['null', null],
		['a list', ['SUCCEEDED']],
	])('counts as not finished without a raw status when it is %s', (_what, word) => {
		expect(parseStatus(word)).toStrictEqual({ status: 'PENDING' });
	});
});

describe("the gateway's word with Runway's word inside", () => {
	it.each<[string, unknown, unknown, object]>([
		['the finer word of two that wait', 'QUEUED', 'THROTTLED', { status: 'THROTTLED' }],
		['the finer word of two ends without result', 'FAILURE', 'CANCELLED', { status: 'CANCELLED' }],
		[
			'success outside before the inside has caught up',
			'success',
			'RUNNING',
			{ status: 'SUCCEEDED' },
		],
		[
			'not yet, when the inside is ahead with success',
			'IN_PROGRESS',
			'SUCCEEDED',
			{ status: 'RUNNING' },
		],
		['the outer end when the two contradict', 'SUCCESS', 'FAILED', { status: 'SUCCEEDED' }],
		[
			'the outer word when the inner one is unknown',
			'IN_PROGRESS',
			'DANCING',
			{ status: 'RUNNING' },
		],
		[
			'the inner end when the outer word is unknown',
			'UNKNOWN',
			'SUCCEEDED',
			{ status: 'SUCCEEDED' },
		],
		['the inner word when the outer one is empty', '', 'failed', { status: 'FAILED' }],
		[
			'the outer raw word when both are unknown',
			'UNKNOWN',
			'DANCING',
			{ status: 'PENDING', rawStatus: 'UNKNOWN' },
		],
		[
			'the inner raw word when the outer one is empty',
			'',
			'DANCING',
			{ status: 'PENDING', rawStatus: 'DANCING' },
		],
		['waiting when there is no word at all', undefined, undefined, { status: 'PENDING' }],
	])('is read as %s (%s, %s)', (_rule, outer, inner, expected) => {
		expect(combineStatus(outer, inner)).toStrictEqual(expected);
	});
});
