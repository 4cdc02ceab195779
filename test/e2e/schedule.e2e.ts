import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { type Execution, jsonOf } from '../../tools/n8n';
import { sha256OfFile, Stage, TRANSFORMED_SHA256 } from './stage';
import { sequence, node, transformNode, waitInProcess } from './workflows';

const EVERY_SECONDS = 2;
const RUNS = 5;
/** Real seconds that a task runs: several executions are under way at any time. */
const TASK_SECONDS = 8;

describe('a Schedule Trigger', () => {
	let stage: Stage;
	let executions: Execution[];

	before(async () => {
		stage = await Stage.open({ scenario: { runningMs: TASK_SECONDS * 1_000 } });
	});

	it('starts the transform again and again, before the last run has ended', async () => {
		const rule = { interval: [{ field: 'seconds', secondsInterval: EVERY_SECONDS }] };
		const workflow = await stage.store(
			sequence('Scheduled', [
				node('Schedule', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule }),
				transformNode({ promptText: '=Execution {{ $execution.id }}' }),
				waitInProcess({ download: true }),
				node('Store', 'n8n-nodes-base.readWriteFile', 1, {
					operation: 'write',
					fileName: `=${stage.n8n.filesFolder}/{{ $json.taskId }}.mp4`,
					dataPropertyName: 'data',
					options: {},
				}),
			]),
		);
		await stage.api.activate(workflow);
		await stage.api.waitForExecutions({ workflowId: workflow.id }, RUNS, 60_000);
		await stage.api.deactivate(workflow);
		const started = await stage.api.listExecutions({ workflowId: workflow.id });
		executions = await Promise.all(
			started.map(async ({ id }) => await stage.api.waitForExecution(id, 60_000)),
		);

		assert.ok(executions.length >= RUNS);
		assert.deepEqual([...new Set(executions.map(({ status }) => status))], ['success']);
		const [first, second] = [...executions].sort((a, b) => Number(a.id) - Number(b.id));
		assert.ok(
			new Date(second.startedAt!) < new Date(first.stoppedAt!),
			'the second run began while the first was under way',
		);
	});

	it('keeps the tasks of overlapping runs apart', () => {
		assert.equal(stage.simulator.stats().createsReceived, executions.length);
		for (const execution of executions) {
			const [{ taskId }] = jsonOf(execution, 'CometAPI Runway Wait');
			const task = stage.simulator.tasks().find(({ id }) => id === taskId);
			assert.equal(task?.promptText, `Execution ${execution.id}`);
		}
	});

	it('leaves one file for each run, byte for byte', () => {
		const files = readdirSync(stage.n8n.filesFolder);
		assert.equal(files.length, executions.length);
		for (const file of files)
			assert.equal(sha256OfFile(join(stage.n8n.filesFolder, file)), TRANSFORMED_SHA256);
	});
});
