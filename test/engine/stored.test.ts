import { parse, stringify } from 'flatted';
import { z } from 'zod';
import { loadRun, resumeWorkflow, runWorkflow, type WorkflowRun } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, told, transform } from '../../tools/engine/runway';
import { collect, durable, DurableWorld } from './support/durable';
import { oneNode } from './support/oneNode';
import { startOutputHost } from './support/outputHost';
import { expectStoredAsBefore, readStored, spoilt, versions } from '../unit/support/storedFixtures';
import { resumeToTheEnd, runsWithOutput } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives } = new DurableWorld(simulator, clock);

/** An execution as it lies in n8n's database, and when it is to go on, epoch ms. */
const fixture = z.object({
	at: z.number(),
	executionId: z.string(),
	workflow: z.record(z.any()),
	stored: z.string(),
});
type Fixture = z.infer<typeof fixture>;

const execution = z.object({
	executionData: z
		.object({
			contextData: z.record(z.any()),
			nodeExecutionStack: z.array(
				z.object({ metadata: z.record(z.any()).optional() }).passthrough(),
			),
		})
		.passthrough(),
});

/** What this package has put into an execution: the ledger, and what a run keeps. */
function oursIn({ stored }: Fixture) {
	const { contextData, nodeExecutionStack } = execution.parse(parse(stored)).executionData;
	return {
		contexts: contextData,
		metadata: nodeExecutionStack.map(({ metadata }) => metadata?.cometApiRunwayWait as unknown),
	};
}

/** The same execution with something else in these places. */
function withOurs(of: Fixture, { contexts, metadata }: ReturnType<typeof oursIn>): Fixture {
	const data: unknown = parse(of.stored);
	const { executionData } = data as {
		executionData: { contextData: unknown; nodeExecutionStack: Array<{ metadata?: object }> };
	};
	executionData.contextData = contexts;
	executionData.nodeExecutionStack.forEach((entry, index) => {
		if (metadata[index] !== undefined) entry.metadata = { cometApiRunwayWait: metadata[index] };
	});
	return { ...of, stored: stringify(data) };
}

const NAMES = ['quick', 'long'];
const LONG = () => lives({ quick: 0, long: 500 });
/** What is stored, and how it comes about. */
const MADE: Array<[name: string, status: string, make: () => Promise<WorkflowRun>]> = [
	['suspendedWait', 'waiting', async () => await start(durable(), LONG())],
	['suspendedCreate', 'waiting', async () => await start(oneNode(), LONG())],
	[
		'failedCreate',
		'error',
		async () => {
			simulator.addFault({ on: 'create', kind: 'status', status: 502, promptIncludes: 'long' });
			return await start({ ...durable(), ...oneNode(transform()) }, LONG());
		},
	],
];

async function start(workflow: WorkflowRun['workflow'], names: string[]): Promise<WorkflowRun> {
	const options = { credentials: credentialFor(simulator), input: prompts(...names) };
	return await runWorkflow(workflow, options);
}

test.each(MADE)('today %s is stored as its fixture says', async (name, status, make) => {
	const { executionId, stored, workflow, ...run } = await make();
	const at = run.run.waitTill ?? new Date(clock.now());
	expect(run.status).toBe(status);
	const whole = { at: at.getTime(), executionId, workflow, stored };
	expectStoredAsBefore(name, fixture.parse(whole), oursIn, fixture);
});

/** Goes on with a stored execution, at a host that knows all its tasks; gives what was asked beside them. */
async function goOn(
	{ at, executionId, workflow, stored }: Fixture,
	status: 'waiting' | 'error',
): Promise<{ run: WorkflowRun; creates: string[] }> {
	const host = await startOutputHost(
		(origin) => `${origin}/clip.mp4`,
		(_path, response) => void response.writeHead(400).end(),
	);
	try {
		clock.jump(at - clock.now());
		const options = { credentials: host.credentials() };
		const json = workflow as WorkflowRun['workflow'];
		const loaded = loadRun({ executionId, status, stored, workflow: json, options });
		const run =
			status === 'waiting'
				? (await resumeToTheEnd(await resumeWorkflow(loaded), clock)).last
				: await runWorkflow(json, { ...options, retryOf: loaded });
		return { run, creates: host.asked };
	} finally {
		await host.close();
	}
}

describe.each(versions())('what version %s has stored', (version) => {
	const load = (name: string) => fixture.parse(readStored(version, name));

	test.each(['suspendedWait', 'suspendedCreate'])(
		'%s goes on: nothing is created again, and each output comes once',
		async (name) => {
			const { run, creates } = await goOn(load(name), 'waiting');
			expect(run.error).toBeUndefined();
			expect(creates).toEqual([]);
			const outputs = runsWithOutput(run, collect().name);
			expect(outputs.map((items) => items.map(({ json }) => json.prompt))).toEqual([NAMES]);
			for (const { json } of outputs[0])
				expect(json).toMatchObject({ status: 'SUCCEEDED', outputUrl: expect.any(String) });
		},
	);

	test('failedCreate is retried: what was accepted is known, and what is uncertain stays so', async () => {
		const { run, creates } = await goOn(load('failedCreate'), 'error');
		expect(creates).toEqual([]);
		expect(told(run).message).toContain('may have been accepted');
		expect(told(run).context.acceptedTasks).toMatchObject([{ item: 0 }]);
	});

	test('garbage in what is kept leads to no second create of a known task, and its output comes', async () => {
		const whole = load('suspendedCreate');
		const ours = oursIn(whole);
		const [kept] = ours.metadata;
		const spoiltRuns = spoilt(kept, ['garbage']).map(([place, other]) => ({
			place: `kept.${place}`,
			ours: { ...ours, metadata: [other] },
		}));
		const spoiltLedgers = spoilt(ours.contexts, [{ run: 'garbage' }]).map(([place, contexts]) => ({
			place: `contexts.${place}`,
			ours: { ...ours, contexts: z.record(z.any()).parse(contexts) },
		}));
		for (const { place, ours: other } of [...spoiltRuns, ...spoiltLedgers]) {
			const { run, creates } = await goOn(withOurs(whole, other), 'waiting');
			expect([place, creates, run.error?.message]).toEqual([place, [], undefined]);
			expect([place, runsWithOutput(run, collect().name).flat().length]).toEqual([place, 2]);
		}
	}, 120_000);
});
