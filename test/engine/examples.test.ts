import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActiveTrigger, allowFileAccess, runWorkflow, type WorkflowJson } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, runChain, transform } from '../../tools/engine/runway';
import { runsWithOutput, runToTheEnd } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const folder = join(__dirname, '../../examples');
const TRANSFORMED = join(__dirname, '../../tools/simulator/assets/transformed.mp4');
const DOCUMENTED_FOLDER = '/home/node/.n8n-files';
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowJson;

const clock = new FastClock(1);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });

test('every example is run by a test', () => {
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	// transform-a-clip.json is the demo's (demo.test.ts), schedule-to-s3.json is run with an S3 server (test/e2e/examples.e2e.ts).
	expect(names).toEqual([
		'batch-from-a-list.json',
		'before-and-after.json',
		'schedule-to-s3.json',
		'transform-a-clip.json',
		'trigger-on-finished-task.json',
	]);
});

test('the batch reports on every row: done, refused before it was sent, failed', async () => {
	simulator.addRule({
		promptIncludes: 'neon',
		scenario: { outcome: 'FAILED', failure: 'The model gave up.' },
	});
	const run = await runWorkflow(read('batch-from-a-list.json'), {
		credentials: credentialFor(simulator),
	});

	expect(run.error).toBeUndefined();
	const rows = run.json('Report').map(({ name, result }) => `${String(name)}: ${String(result)}`);
	expect(rows.sort()).toEqual([
		'beach: done',
		expect.stringMatching(/^forest: .*https/),
		expect.stringMatching(/^street: .*The model gave up/),
	]);
	expect(simulator.stats().createsReceived).toBe(2);
});

test('before and after stand side by side, byte for byte', async () => {
	const output = allowFileAccess(mkdtempSync(join(tmpdir(), 'before-and-after-')));
	const clip = join(allowFileAccess(join(folder, 'media')), 'source.mp4');
	const json = JSON.stringify(read('before-and-after.json'))
		.replace(`${DOCUMENTED_FOLDER}/clip.mp4`, clip)
		.replaceAll(DOCUMENTED_FOLDER, output);
	const run = await runWorkflow(JSON.parse(json) as WorkflowJson, {
		credentials: credentialFor(simulator),
	});

	expect(run.error).toBeUndefined();
	expect(readFileSync(join(output, 'before.mp4'))).toEqual(readFileSync(clip));
	expect(readFileSync(join(output, 'after.mp4'))).toEqual(readFileSync(TRANSFORMED));
	expect(readFileSync(join(output, 'compare.html'), 'utf8')).toContain('After: Turn the scene');
	rmSync(output, { recursive: true });
});

test('the batch waits suspended, and its report is one, with every row', async () => {
	simulator.addRule({ promptIncludes: 'neon', scenario: { runningMs: 300_000 } });
	const { last, runs } = await runToTheEnd(
		read('batch-from-a-list.json'),
		{ credentials: credentialFor(simulator) },
		clock,
	);

	expect(runs.length).toBeGreaterThan(1);
	expect(runsWithOutput(last, 'Report').map((rows) => rows.length)).toEqual([3]);
	expect(simulator.stats().createsReceived).toBe(2);
});

test('the trigger starts the workflow with the finished task', async () => {
	const created = await runChain(simulator, [transform()], prompts('clip'));
	const workflow = read('trigger-on-finished-task.json');
	const [taskId] = created.json('Transform').map((json) => String(json.taskId));
	const trigger = workflow.nodes.find(({ name }) => name === 'CometAPI Runway Trigger');
	trigger!.parameters.taskIds = taskId;
	const active = await ActiveTrigger.start(workflow, trigger!.name, {
		credentials: credentialFor(simulator),
	});
	const { executions, errors } = await active.poll();
	expect(errors).toEqual([]);
	const run = await runWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: executions[0],
	});

	expect(run.json('Store the output').map((json) => json.taskId)).toEqual([taskId]);
});
