import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import {
	type ExecutionSummary,
	type N8nApi,
	type StoredCredential,
	type StoredWorkflow,
	withCredential,
} from '../../../tools/n8n';
import type { Simulator } from '../../../tools/simulator';
import { WAIT, waitNode, webhook } from '../workflows';
import type { Editor } from './editor';
import { picture } from './page';
import { NEXT, transformWith } from './workflow';

/** A suspension takes a minute at least. */
const SUSPENSION_TIMEOUT_MS = 120_000;
/** Simulated: 40 real seconds. */
const TASK_MS = 200_000;

/** What the look before the suspension shows. */
const FORTY_PERCENT: Array<[number, number]> = [
	[0, 0.4],
	[0.9, 0.4],
	[1, 0.9],
];

const PROGRESS = /Task \S+: running, 40 %\. n8n checks again at \d\d:\d\d\.[^]*Runway is at work\./;
const RESULT =
	/Waited (\d+ min )?\d+ s for the task\. Open the video \(until \d+ \w+, \d\d:\d\d\)\.[^]*SUCCEEDED/;

/** What the tests of the editor play on. */
export interface EditorStage {
	simulator: Simulator;
	api: N8nApi;
	credential: StoredCredential;
	editor: Editor;
}

/** What a user sees of an execution that waits, in the list of executions. */
export function whileSuspended(open: () => EditorStage): void {
	let stage: EditorStage;
	let workflow: StoredWorkflow;
	let execution: ExecutionSummary;

	before(async () => {
		stage = open();
		const { simulator, api, credential } = stage;
		simulator.useScenario({ pendingMs: 0, runningMs: TASK_MS, progress: FORTY_PERCENT });
		const json = transformWith(webhook('suspended'), 'Make it snow', waitNode());
		workflow = await api.createWorkflow(withCredential(json, credential));
		await api.activate(workflow);
		await api.callWebhook('suspended');
		const { id } = workflow;
		[execution] = await api.waitForExecutions(
			{ workflowId: id, status: ['waiting'] },
			1,
			SUSPENSION_TIMEOUT_MS,
		);
	});
	after(() => stage.simulator.useScenario({}));

	it('Wait says how the task is, and when n8n checks again', async () => {
		const { editor } = stage;
		await editor.openExecution(workflow, execution);
		await editor.details.open(WAIT);
		await editor.details.waitForOutput(PROGRESS);
		await picture(editor.page, 'suspended-wait', { x: 850, y: 66, width: 406, height: 460 });
		await editor.details.close();
	});

	it('the node behind it says that Runway is at work', async () => {
		const { editor } = stage;
		await editor.details.open(NEXT);
		await editor.details.waitForInput(/Runway is at work\./);
		await editor.details.close();
	});

	it('afterwards Wait tells how long it took, with a link to the video', async () => {
		const { simulator, api, editor } = stage;
		await api.waitForExecution(execution.id, SUSPENSION_TIMEOUT_MS, 'success');
		await editor.openExecution(workflow, execution);
		await editor.details.open(WAIT);
		await assertResult(editor, simulator);
		await editor.details.close();
	});
}

/** n8n takes what is not safe out of a hint; a link is left, and opens a page of its own. */
export async function assertResult(editor: Editor, simulator: Simulator): Promise<void> {
	await editor.details.waitForOutput(RESULT);
	const [link, ...more] = await editor.details.hintLinks.all();
	assert.deepEqual(more, []);
	assert.equal(await link.innerText(), 'Open the video');
	assert.ok((await link.getAttribute('href'))?.startsWith(simulator.outputBaseUrl));
	assert.equal(await link.getAttribute('target'), '_blank');
}
