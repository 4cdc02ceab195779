import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActiveTrigger, allowFileAccess, runWorkflow } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { exampleFiles, placeExampleMedia, PUBLIC_PICTURE, readExample } from '../../tools/examples';
import { credentialFor, prompts, runChain, transform } from '../../tools/engine/runway';
import { runsWithOutput, runToTheEnd } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const TRANSFORMED = join(__dirname, '../../tools/simulator/assets/transformed.mp4');

/** Where the examples read and write. */
const files = allowFileAccess(mkdtempSync(join(tmpdir(), 'examples-')));
beforeAll(() => placeExampleMedia(files));
afterAll(() => rmSync(files, { recursive: true }));
const read = (name: string) => readExample(name, files);

const clock = new FastClock(1);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });

test('every example is run by a test', () => {
	// transform-a-clip.json is the demo's (demo.test.ts); the others that are not below are run in a real n8n alone:
	// test/e2e/examples.e2e.ts fails where there is a file that it does not know.
	expect(exampleFiles()).toEqual([
		'a-large-file-through-s3.json',
		'a-model-writes-the-prompt.json',
		'batch-from-a-list.json',
		'before-and-after.json',
		'one-node.json',
		'perform-a-character.json',
		'picture-to-clip.json',
		'portrait-and-landscape.json',
		'render-queue.json',
		'schedule-to-s3.json',
		'transform-a-clip.json',
		'trigger-on-finished-task.json',
		'upscale-a-clip.json',
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

test.each([
	['one-node.json', 'Write the result', ['video_to_video']],
	['upscale-a-clip.json', 'Write the result', ['video_upscale']],
	['perform-a-character.json', 'Write the result', ['character_performance']],
	['picture-to-clip.json', 'Write the clip', ['text_to_image', 'image_to_video']],
])('%s waits by itself and writes the clip, byte for byte', async (name, writer, routes) => {
	simulator.useScenario({ runningMs: 300_000 });
	simulator.addRule(PUBLIC_PICTURE);
	const { last, runs } = await runToTheEnd(
		read(name),
		{ credentials: credentialFor(simulator) },
		clock,
	);

	expect(last.error).toBeUndefined();
	expect(runs.length).toBeGreaterThan(routes.length);
	const [{ fileName }] = last.json(writer);
	expect(readFileSync(String(fileName))).toEqual(readFileSync(TRANSFORMED));
	expect(simulator.tasks().map(({ route }) => route)).toEqual(routes);
});

test('before and after stand side by side, byte for byte', async () => {
	const run = await runWorkflow(read('before-and-after.json'), {
		credentials: credentialFor(simulator),
	});

	expect(run.error).toBeUndefined();
	expect(readFileSync(join(files, 'before.mp4'))).toEqual(readFileSync(join(files, 'clip.mp4')));
	expect(readFileSync(join(files, 'after.mp4'))).toEqual(readFileSync(TRANSFORMED));
	expect(readFileSync(join(files, 'compare.html'), 'utf8')).toContain('After: Turn the scene');
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
