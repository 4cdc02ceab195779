import { addNodes, chain, connect, resumeWorkflow, runWorkflow, trigger } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, told, transform } from '../../tools/engine/runway';
import { collect, DurableWorld, ORDERS } from './support/durable';
import { loopOver } from './support/loop';
import { creating, oneNode } from './support/oneNode';
import { runsWithOutput } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd, promptsOf } = new DurableWorld(simulator, clock);

const created = () => simulator.stats().createsReceived;
const idOf = (prompt: string) =>
	simulator.tasks().find(({ promptText }) => promptText === prompt)?.id;

test.each(ORDERS)(
	'in execution order %s: tasks that end at different times leave together, in input order and paired, created once each',
	async (order) => {
		const names = lives({ middle: 250, long: 500, short: 2, brief: 140 });
		const cycle = await toTheEnd({ ...oneNode(), settings: { executionOrder: order } }, names);

		expect(cycle.last.status).toBe('success');
		expect(cycle.runs.length).toBeGreaterThan(2);
		expect(promptsOf(cycle, 'Done')).toEqual([names]);
		expect(runsWithOutput(cycle.last, 'Transform')).toEqual([
			names.map((_, item) => ({
				json: expect.objectContaining({ status: 'SUCCEEDED', outputUrl: expect.any(String) }),
				pairedItem: { item },
			})),
		]);
		expect(created()).toBe(4);
	},
	60_000,
);

test('Output File downloads into the field that is asked for, and leaves no memory behind', async () => {
	const names = lives({ clip: 100 });
	const node = creating('file', { options: { binaryPropertyName: 'clip', timeoutMinutes: 5 } });
	const { last, runs } = await toTheEnd(oneNode(node), names);

	expect(runs.length).toBeGreaterThan(1);
	const [[item]] = runsWithOutput(last, 'Transform');
	expect(item.json).toMatchObject({ taskId: idOf('clip'), status: 'SUCCEEDED' });
	expect(item.binary?.clip).toMatchObject({ fileName: `${idOf('clip')}.mp4` });
	expect((await last.binaryBuffer(item, 'clip')).length).toBeGreaterThan(1_000);
	expect(last.stored).not.toContain('cometApiRunwayWait":');
	expect(created()).toBe(1);
}, 60_000);

test.each(['url', 'file'])(
	'a file above the limit, or none of it: %s',
	async (returnAs) => {
		const names = lives({ clip: 2 });
		const node = creating(returnAs, { options: { maxDownloadMb: 0.000_001 } });
		const { last } = await toTheEnd(oneNode(node), names);

		if (returnAs === 'url') expect(last.json('Transform')).toMatchObject([{ status: 'SUCCEEDED' }]);
		else expect(told(last).message).toContain('is larger than');
	},
	60_000,
);

test('it is in the database as soon as the task is accepted, and resumed late or twice from one state creates nothing', async () => {
	const names = lives({ one: 200 });
	const { runs } = await toTheEnd(oneNode(), names);
	for (const run of runs.slice(0, -1)) {
		expect(run.status).toBe('waiting');
		expect(run.stored).toContain(idOf('one'));
		clock.jump(3_600_000);
		expect(promptsOf({ last: await resumeWorkflow(run) }, 'Done')).toEqual([names]);
	}
	expect(created()).toBe(1);
}, 60_000);

test.each([
	[{ options: { timeoutMinutes: 0 } }, 'Timeout (Minutes)'],
	[{ returnAs: 'video' }, 'Return'],
])('%j is refused before anything is sent', async (parameters, field) => {
	const { last } = await toTheEnd(oneNode(creating('url', parameters)), ['clip']);

	expect(told(last).message).toContain(field);
	expect(created()).toBe(0);
});

test('in Loop Over Items each round creates its own tasks, also of the same prompt, and waits for them', async () => {
	lives({ same: 100 });
	const workflow = addNodes(loopOver(creating(), 2), collect());
	connect(workflow, 'Loop', 0, 'Done');
	const { last } = await toTheEnd(workflow, ['same', 'same', 'same']);

	expect(last.status).toBe('success');
	expect(new Set(last.json('Done').map(({ taskId }) => taskId)).size).toBe(3);
	expect(created()).toBe(3);
}, 60_000);

test('Execute Once creates and waits for the first item alone', async () => {
	const names = lives({ one: 100, two: 100 });
	const cycle = await toTheEnd(oneNode(creating('url', {}, { executeOnce: true })), names);

	expect(promptsOf(cycle, 'Done')).toEqual([['one']]);
	expect(created()).toBe(1);
}, 60_000);

test('items that n8n prepares one after the other (Batching) are all sent before any is waited for', async () => {
	const names = lives({ one: 100, two: 100, three: 5 });
	const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 20 } } };
	const cycle = await toTheEnd(oneNode(creating('url', { requestOptions })), names);

	expect(promptsOf(cycle, 'Done')).toEqual([names]);
	expect(created()).toBe(3);
}, 60_000);

test('with On Error continue an item whose fields can not be read holds nobody up', async () => {
	const names = lives({ one: 100, two: 120 });
	const promptText = '={{ $json.prompt === "odd" ? $json.nothing.here.at.all() : $json.prompt }}';
	const node = creating('url', { promptText }, { onError: 'continueRegularOutput' });
	const { last, runs } = await toTheEnd(oneNode(node), [names[0], 'odd', names[1]]);

	expect(runs.length).toBeGreaterThan(1);
	expect(last.json('Transform')).toMatchObject([
		{ taskId: idOf('one'), status: 'SUCCEEDED' },
		{ error: expect.anything() },
		{ taskId: idOf('two'), status: 'SUCCEEDED' },
	]);
	expect(created()).toBe(2);
}, 60_000);

test.each(['cli', 'evaluation'] as const)(
	'an execution of mode %s is waited for in the process',
	async (mode) => {
		const names = lives({ clip: 100 });
		const { last, runs } = await toTheEnd(oneNode(), names, { mode });

		expect(runs).toHaveLength(1);
		expect(last.json('Transform')).toMatchObject([{ status: 'SUCCEEDED' }]);
	},
	60_000,
);

test('run by hand it stays in the process for a minute and a half, and suspends then', async () => {
	lives({ soon: 60, later: 200 });
	const byHand = async (promptText: string) =>
		await toTheEnd(oneNode(creating('url', { promptText })), [], { mode: 'manual' });
	const soon = await byHand('soon');
	const later = await byHand('later');

	expect(soon.runs).toHaveLength(1);
	expect(later.runs.length).toBeGreaterThan(1);
	const [{ executionTime }] = later.runs[0].run.data.resultData.runData.Transform;
	expect(executionTime).toBeGreaterThan(80_000);
	expect(created()).toBe(2);
}, 60_000);

test('without Return nothing is waited for', async () => {
	const names = lives({ clip: 500 });
	const run = await runWorkflow(chain(trigger, transform()), {
		credentials: credentialFor(simulator),
		input: prompts(...names),
	});

	expect(run.json('Transform')).toEqual([{ taskId: idOf('clip'), status: 'PENDING' }]);
	expect(simulator.stats().taskReads).toBe(0);
});
