import {
	combineStatus,
	isFinished,
	parseStatus,
	type TaskStatus,
} from '../../../nodes/shared/task/status';

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

const SPELLINGS: Array<[string, (word: string) => string]> = [
	['in capitals', (word) => word],
	['in small letters', (word) => word.toLowerCase()],
	['capitalised', (word) => word[0] + word.slice(1).toLowerCase()],
	['with blanks around it', (word) => ` ${word}\n`],
];

describe.each(SPELLINGS)('a status word %s', (_spelling, spell) => {
	it.each([...RUNWAY_WORDS, ...GATEWAY_WORDS])(
		'%s means %s and leaves no raw status',
		(word, status) => {
			expect(parseStatus(spell(word))).toStrictEqual({ status });
		},
	);
});

describe('a status word that is not known', () => {
	it.each(['UNKNOWN', 'DONE', 'succeeded?', 'constructor', '__proto__'])(
		'counts as not finished and is kept as it was: %s',
		(word) => {
			const reading = parseStatus(word);
			expect(reading).toStrictEqual({ status: 'PENDING', rawStatus: word });
			expect(isFinished(reading.status)).toBe(false);
		},
	);

	it.each<[string, unknown]>([
		['an empty text', ''],
		['blanks', '  '],
		['nothing', undefined],
		['null', null],
		['a number', 3],
		['a list', ['SUCCEEDED']],
		['an object', { status: 'SUCCEEDED' }],
	])('counts as not finished without a raw status when it is %s', (_what, word) => {
		expect(parseStatus(word)).toStrictEqual({ status: 'PENDING' });
	});
});

it.each<[TaskStatus, boolean]>([
	['PENDING', false],
	['THROTTLED', false],
	['RUNNING', false],
	['SUCCEEDED', true],
	['FAILED', true],
	['CANCELLED', true],
])('nothing more happens to a task that is %s: %s', (status, finished) => {
	expect(isFinished(status)).toBe(finished);
});

describe("the gateway's word with Runway's word inside", () => {
	it.each<[string, unknown, unknown, object]>([
		['the finer word of two that wait', 'QUEUED', 'THROTTLED', { status: 'THROTTLED' }],
		['the inner word while both are active', 'SUBMITTED', 'RUNNING', { status: 'RUNNING' }],
		[
			'the inner word while both are active, the other way round',
			'IN_PROGRESS',
			'PENDING',
			{ status: 'PENDING' },
		],
		['the finer word of two ends without result', 'FAILURE', 'CANCELLED', { status: 'CANCELLED' }],
		['both agreeing on success', 'SUCCESS', 'SUCCEEDED', { status: 'SUCCEEDED' }],
		[
			'success outside before the inside has caught up',
			'SUCCESS',
			'RUNNING',
			{ status: 'SUCCEEDED' },
		],
		['failure outside before the inside has caught up', 'FAILURE', 'RUNNING', { status: 'FAILED' }],
		[
			'not yet, when the inside is ahead with success',
			'IN_PROGRESS',
			'SUCCEEDED',
			{ status: 'RUNNING' },
		],
		['not yet, when the inside is ahead with failure', 'QUEUED', 'FAILED', { status: 'PENDING' }],
		['the outer end when the two contradict', 'SUCCESS', 'FAILED', { status: 'SUCCEEDED' }],
		[
			'the outer end when the two contradict, the other way round',
			'FAILURE',
			'SUCCEEDED',
			{ status: 'FAILED' },
		],
		['the outer word when there is no inner one', 'IN_PROGRESS', undefined, { status: 'RUNNING' }],
		[
			'the outer word when the inner one is unknown',
			'IN_PROGRESS',
			'DANCING',
			{ status: 'RUNNING' },
		],
		['the inner word when the outer one is unknown', 'UNKNOWN', 'RUNNING', { status: 'RUNNING' }],
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
		['the outer raw word alone', 'UNKNOWN', undefined, { status: 'PENDING', rawStatus: 'UNKNOWN' }],
		['waiting when there is no word at all', undefined, undefined, { status: 'PENDING' }],
	])('is read as %s (%s, %s)', (_rule, outer, inner, expected) => {
		expect(combineStatus(outer, inner)).toStrictEqual(expected);
	});

	it('takes any case on both levels', () => {
		expect(combineStatus('queued', 'throttled')).toStrictEqual({ status: 'THROTTLED' });
	});
});
