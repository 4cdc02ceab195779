import {
	addNodes,
	chain,
	connect,
	items,
	resumeWorkflow,
	runWorkflow,
	trigger,
	type NodeJson,
} from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { prompts, transform } from '../../tools/engine/runway';
import { collect, durable, DurableWorld } from './support/durable';
import { runsWithOutput, suspendingWait } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd, promptsOf } = new DurableWorld(simulator, clock);

const base = (name: string, type: string, parameters = {}, typeVersion = 3): NodeJson => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters,
});

test('in Loop Over Items each batch comes back whole, and each of its waits starts afresh', async () => {
	const names = lives({ one: 70, two: 150, three: 2 });
	const loop = base('Loop', 'splitInBatches', { batchSize: 2 });
	const workflow = addNodes(
		chain(trigger, loop),
		transform(),
		suspendingWait(),
		collect('Each'),
		collect(),
	);
	connect(workflow, 'Loop', 0, 'Done');
	connect(workflow, 'Loop', 1, 'Transform');
	connect(workflow, 'Transform', 0, 'Wait');
	connect(workflow, 'Wait', 0, 'Each');
	connect(workflow, 'Each', 0, 'Loop');
	const cycle = await toTheEnd(workflow, names);

	expect(cycle.last.status).toBe('success');
	expect(promptsOf(cycle, 'Each')).toEqual([['one', 'two'], ['three']]);
	expect(promptsOf(cycle, 'Done')).toEqual([names]);
	expect(simulator.stats().createsReceived).toBe(3);
}, 60_000);

test('before a Merge the branch counts once, with all its items', async () => {
	const names = lives({ one: 70, two: 150 });
	const workflow = addNodes(
		durable(),
		base('Merge', 'merge', { mode: 'combine', combineBy: 'combineByPosition' }),
	);
	connect(workflow, 'Done', 0, 'Merge');
	workflow.connections.Start.main[0]?.push({ node: 'Merge', type: 'main', index: 1 });
	const { last } = await toTheEnd(workflow, names);

	expect(last.status).toBe('success');
	expect(runsWithOutput(last, 'Merge').map((run) => run.map(({ json }) => json.prompt))).toEqual([
		names,
	]);
}, 60_000);

test.each([{ passOnEarly: false }, { passOnEarly: true }])(
	'items that name one and the same task each get it, with %j',
	async (options) => {
		lives({ clip: 100 });
		const created = await toTheEnd(chain(trigger, transform()), ['clip']);
		const [{ taskId }] = created.last.json('Transform');
		const { last } = await toTheEnd(chain(trigger, suspendingWait(options)), [], {
			input: items({ taskId, n: 1 }, { taskId, n: 2 }),
		});

		expect(runsWithOutput(last, 'Wait')).toEqual([
			[0, 1].map((item) => ({
				json: expect.objectContaining({ taskId, status: 'SUCCEEDED' }),
				pairedItem: { item },
			})),
		]);
		expect(simulator.stats().taskReads).toBeLessThan(6);
	},
	60_000,
);

test('Execute Once waits for the first item alone', async () => {
	const names = lives({ one: 100, two: 100 });
	const cycle = await toTheEnd(durable('v1', suspendingWait({}, {}, { executeOnce: true })), names);

	expect(promptsOf(cycle, 'Done')).toEqual([['one']]);
}, 60_000);

test('a deactivated Wait node passes its items on and asks nothing', async () => {
	const names = lives({ one: 100 });
	const { last, runs } = await toTheEnd(
		durable('v1', suspendingWait({}, {}, { disabled: true })),
		names,
	);

	expect(runs).toHaveLength(1);
	expect(last.json('Done')).toEqual([expect.objectContaining({ status: 'PENDING' })]);
	expect(simulator.stats().taskReads).toBe(0);
});

test('run by hand it stays in the process for a minute and a half, while somebody watches, and suspends then', async () => {
	const input = (prompt: string) =>
		chain(trigger, transform({ promptText: prompt }), suspendingWait());
	lives({ soon: 60, later: 200 });
	const soon = await toTheEnd(input('soon'), [], { mode: 'manual', input: undefined });
	const later = await toTheEnd(input('later'), [], { mode: 'manual', input: undefined });

	expect(soon.runs).toHaveLength(1);
	expect(soon.last.json('Wait')).toMatchObject([{ status: 'SUCCEEDED' }]);
	const stays = later.runs.map(({ run }) => run.data.resultData.runData.Wait.at(-1)?.executionTime);
	expect(later.runs.length).toBeGreaterThan(1);
	expect(stays[0]).toBeGreaterThan(80_000);
	for (const stay of stays.slice(1)) expect(stay).toBeLessThan(30_000);
	expect(later.last.json('Wait')).toMatchObject([{ status: 'SUCCEEDED' }]);
}, 60_000);

test('what is over is shown as over: no run of the node is left waiting, and none keeps what was remembered', async () => {
	const names = lives({ one: 300 });
	const { last, runs } = await toTheEnd(durable(), names);

	expect(runs.length).toBeGreaterThan(2);
	const ofWait = last.run.data.resultData.runData.Wait;
	expect(new Set(ofWait.map(({ executionStatus }) => executionStatus))).toEqual(
		new Set(['success']),
	);
	expect(last.stored).not.toContain('cometApiRunwayWait":');
	expect(JSON.stringify(ofWait.map(({ metadata }) => metadata ?? null))).not.toContain('watch');
}, 60_000);

test('while suspended it tells what it waits for and when it looks again; afterwards how long it took, over all suspensions', async () => {
	const names = lives({ one: 100 });
	const { runs, last } = await toTheEnd(durable(), names);
	const hints = [runs[0], last].map(({ run }) =>
		run.data.resultData.runData.Wait.at(-1)?.hints?.map(({ message }) => message),
	);

	expect(hints[0]).toEqual([
		expect.stringMatching(/^Task \S+: (pending|running)\. n8n checks again at \d\d:\d\d\.$/),
	]);
	expect(hints[1]).toEqual([
		expect.stringMatching(
			/^Waited \d min \d+ s for the task\. <a href="\S+" .*>Open the video<\/a>/,
		),
	]);
}, 60_000);

test('resumed late, twice from one state, or with a clock that was set back: the same result', async () => {
	const names = lives({ one: 100 });
	const { runs } = await toTheEnd(durable(), names);
	const again = await resumeWorkflow(runs[runs.length - 2]);
	expect(promptsOf({ last: again }, 'Done')).toEqual([names]);

	lives({ two: 400 });
	const waiting = await runWorkflow(durable(), { ...runs[0].options, input: prompts('two') });
	clock.jump(-3_600_000);
	const resumed = await resumeWorkflow(waiting);
	expect(resumed.status).toBe('waiting');
	clock.jump(3_600_000 + 500_000);
	expect(promptsOf({ last: await resumeWorkflow(resumed) }, 'Done')).toEqual([['two']]);
	expect(simulator.stats().createsReceived).toBe(2);
}, 60_000);
