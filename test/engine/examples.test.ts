import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActiveTrigger, resumeWorkflow, runWorkflow, type WorkflowJson } from './harness';
import { FastClock } from './support/fastClock';
import { credentialFor, prompts, runChain, transform } from './support/runway';
import { useSimulator } from './support/useSimulator';

const folder = join(__dirname, '../../examples');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowJson;

const clock = new FastClock(1);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });

test('every example is run by a test', () => {
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	// transform-a-clip.json is the demo's (demo.test.ts).
	expect(names).toEqual(['durable-wait.json', 'transform-a-clip.json', 'trigger-on-finished-task.json']);
});

test('the durable wait suspends, comes back and hands the finished clips on', async () => {
	simulator.addRule({ promptIncludes: 'neon', scenario: { runningMs: 300_000 } });
	const first = await runWorkflow(read('durable-wait.json'), { credentials: credentialFor(simulator) });
	expect(first.status).toBe('waiting');
	clock.jump(400_000);
	const last = await resumeWorkflow(first);

	expect(last.error).toBeUndefined();
	const stored = last.run.data.resultData.runData['Store the output'].flatMap(({ data }) => data?.main[0] ?? []);
	expect(stored.map(({ json }) => json.taskId).sort()).toEqual(simulator.tasks().map(({ id }) => id).sort());
	expect(simulator.stats().createsReceived).toBe(2);
});

test('the trigger starts the workflow with the finished task', async () => {
	const created = await runChain(simulator, [transform()], prompts('clip'));
	const workflow = read('trigger-on-finished-task.json');
	const [taskId] = created.json('Transform').map((json) => String(json.taskId));
	const trigger = workflow.nodes.find(({ name }) => name === 'CometAPI Runway Trigger');
	trigger!.parameters.taskIds = taskId;
	const active = await ActiveTrigger.start(workflow, trigger!.name, { credentials: credentialFor(simulator) });
	const { executions, errors } = await active.poll();
	expect(errors).toEqual([]);
	const run = await runWorkflow(workflow, { credentials: credentialFor(simulator), input: executions[0] });

	expect(run.json('Store the output').map((json) => json.taskId)).toEqual([taskId]);
});
