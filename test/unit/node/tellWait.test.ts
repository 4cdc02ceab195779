import type { IExecuteFunctions } from 'n8n-workflow';
import { tellWait, type Effort } from '../../../nodes/CometApiRunwayWait/tellWait';
import { fake } from '../support/fake';

function told(efforts: Effort[]): string[] {
	const messages: string[] = [];
	const addExecutionHints: IExecuteFunctions['addExecutionHints'] = (...hints) =>
		messages.push(...hints.map(({ message }) => message));
	tellWait(fake<IExecuteFunctions>({ addExecutionHints }), efforts);
	return messages;
}

const MINUTE = 60_000;

test.each<[what: string, efforts: Effort[], expected: string[]]>([
	['one look', [{ looks: 1, waitedMs: 120 }], ['Waited 0 s for the task, asking once']],
	['two looks', [{ looks: 2, waitedMs: 59_400 }], ['Waited 59 s for the task, asking twice']],
	['minutes', [{ looks: 9, waitedMs: 59_600 }], ['Waited 1 min 0 s for the task, asking 9 times']],
	[
		'hours',
		[{ looks: 40, waitedMs: 61.5 * MINUTE }],
		['Waited 1 h 1 min for the task, asking 40 times'],
	],
	[
		'several tasks: the longest wait, and all looks',
		[
			{ looks: 3, waitedMs: 9_000 },
			{ looks: 7, waitedMs: 42_000 },
		],
		['Waited 42 s for 2 tasks, asking 10 times'],
	],
	['no task', [], []],
])('says how long it waited and how often it asked, of %s', (_what, efforts, expected) => {
	expect(told(efforts)).toEqual(expected);
});

test('a version of n8n that shows no hints is left alone', () => {
	const old = fake<IExecuteFunctions>({}, ['addExecutionHints']);
	expect(() => tellWait(old, [{ looks: 1, waitedMs: 1 }])).not.toThrow();
});
