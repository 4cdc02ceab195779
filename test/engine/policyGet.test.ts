import { DEFAULT_API_KEY } from '../../tools/simulator';
import { items, type NodeJson } from '../../tools/engine';
import { policyRows, type Expected } from './support/policyRows';
import { getTask, prompts, runChain, told, transform, wait } from '../../tools/engine/runway';
import { useHurry } from './support/useHurry';
import { useSimulator } from './support/useSimulator';

const timeouts = useHurry();
const simulator = useSimulator({ speed: 100, scenario: { pendingMs: 0, runningMs: 0 } });

const CASES: Array<[string, () => NodeJson, 'get' | 'wait']> = [
	['Task → Get', () => getTask(), 'get'],
	['the Wait node', () => wait({ minPollSeconds: 5 }), 'wait'],
];

describe.each(CASES)('a read by %s', (_node, makeNode, column) => {
	const node = makeNode();

	test.each(
		policyRows().map((row): [string, Expected, typeof row.fault] => [
			row.name,
			row[column],
			row.fault,
		]),
	)(
		'meets %s: %s',
		async (_name, expected, fault) => {
			const created = await runChain(simulator, [transform()], prompts('clip'));
			const [{ taskId }] = created.json('Transform');
			simulator.addFault({ on: 'read', ...fault });
			const run = await runChain(simulator, [node], items({ taskId }));

			expect(simulator.stats()).toMatchObject({
				createsReceived: 1,
				taskReads: expected === 'repeat' ? 2 : 1,
			});
			if (expected === 'giveUp') {
				expect(told(run).context.taskId).toBe(taskId);
				expect(told(run).message).not.toContain('may have been accepted');
			} else {
				expect(run.error).toBeUndefined();
				expect(run.json(node.name)).toMatchObject([
					{ taskId, status: 'SUCCEEDED', outputUrl: expect.stringContaining('http') },
				]);
			}
		},
		20_000,
	);

	test('finds no server at all, which is told with the task id', async () => {
		const credentials = {
			cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: 'http://127.0.0.1:1' },
		};
		const run = await runChain(simulator, [node], items({ taskId: 'task-1' }), { credentials });

		expect(told(run).message).toContain('CometAPI could not be reached');
		expect(told(run).context.taskId).toBe('task-1');
	}, 20_000);
});

test.each([
	['the Wait node', wait(), 30_000],
	['Task → Get', getTask(), 30_000],
	[
		"Task → Get, where the user's own timeout counts",
		getTask({ requestOptions: { timeout: 7_000 } }),
		7_000,
	],
])(
	'a read by %s is given half a minute to be answered',
	async (_who, node, expected) => {
		timeouts.asked.length = 0;
		await runChain(simulator, [node], items({ taskId: 'task-1' }, { taskId: 'task-1' }));
		expect(new Set(timeouts.asked)).toEqual(new Set([expected]));
	},
	20_000,
);
