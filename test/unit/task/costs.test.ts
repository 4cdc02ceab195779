import { describeCosts } from '../../../nodes/shared/task/costs';
import type { Task } from '../../../nodes/shared/task/task';
import { bareBody, parseTaskIn, wrappedBody } from '../support/taskBodies';

const task = (taskId: string, costCredits?: number): Task => ({
	taskId,
	status: 'SUCCEEDED',
	...(costCredits !== undefined && { costCredits }),
});

test.each<[string, Task[], string]>([
	['nothing where nobody told', [task('a'), task('b')], ''],
	['the sum', [task('a', 56), task('b', 28)], 'Cost: 84 credits.'],
	['what was paid back, too', [task('a', 0)], 'Cost: 0 credits.'],
	['one', [task('a', 0.25), task('b', 0.75)], 'Cost: 1 credit.'],
	[
		'a sum that binary fractions do not spoil',
		[task('a', 0.1), task('b', 0.2)],
		'Cost: 0.3 credits.',
	],
	['a task that two items name once', [task('a', 56), task('a', 56)], 'Cost: 56 credits.'],
	['for how many it is known', [task('a', 56), task('b')], 'Cost: 56 credits for 1 of 2 tasks.'],
])('the costs of a batch are %s', (_what, tasks, expected) => {
	expect(describeCosts(tasks)).toBe(expected);
});

const URL = 'https://cdn.example/a.mp4';
const both = { estimatedCost: { credits: 84 }, cost: { credits: 70 } };

describe.each<[string, (fields: object, costs: object) => object]>([
	["Runway's shape", (fields, costs) => bareBody({ ...fields, ...costs })],
	['the envelope, inside', (fields, costs) => wrappedBody(fields, costs)],
	['the envelope, outside', (fields, costs) => wrappedBody({ ...fields, ...costs })],
])('in %s', (_where, body) => {
	test.each<[string, object, object, object]>([
		[
			'an unfinished task has an estimate',
			{ status: 'RUNNING' },
			both,
			{ estimatedCostCredits: 84 },
		],
		['a success has a cost', { status: 'SUCCEEDED', output: [URL] }, both, { costCredits: 70 }],
		['a failure has one, too', { status: 'FAILED' }, both, { costCredits: 70 }],
		['nothing is a cost', { status: 'FAILED' }, { cost: { credits: 0 } }, { costCredits: 0 }],
		['an estimate is no cost', { status: 'CANCELLED' }, { estimatedCost: { credits: 84 } }, {}],
		['a text is no number', { status: 'FAILED' }, { cost: { credits: '70' } }, {}],
		['what is below nothing is no cost', { status: 'FAILED' }, { cost: { credits: -1 } }, {}],
		['a number is no cost', { status: 'RUNNING' }, { estimatedCost: 84 }, {}],
		['silence stays silence', { status: 'RUNNING' }, {}, {}],
	])('%s', (_what, fields, costs, expected) => {
		const { estimatedCostCredits, costCredits } = parseTaskIn(body(fields, costs));
		expect({ estimatedCostCredits, costCredits }).toEqual(expected);
	});
});

test("the envelope's inside wins", () => {
	const read = parseTaskIn(
		wrappedBody({ status: 'FAILED', cost: { credits: 1 } }, { cost: { credits: 70 } }),
	);
	expect(read.costCredits).toBe(70);
});
