import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import {
	exampleFiles,
	exampleMedia,
	placeExampleMedia,
	PUBLIC_PICTURE,
	readExample,
} from '../../tools/examples';
import { jsonOf, parseWorkflow, type WorkflowJson } from '../../tools/n8n';
import { PICTURE_SHA256, sha256, sha256OfFile, Stage, TRANSFORMED_SHA256 } from './stage';
import { startS3 } from './storage/s3';
import { sequence, itemPerPrompt, manualTrigger, transformNode } from './workflows';

const BUCKET = 'my-clips';
const NOT_THERE_YET_ID = '12a01a5e-ab55-4aa7-b002-7b873546cf76';

/** How each example is run, and what must have come of it. A file that is not named here fails the suite. */
const examples: Record<string, (stage: Stage, workflow: WorkflowJson) => Promise<void>> = {
	'transform-a-clip.json': writesItsResult,
	'one-node.json': writesItsResult,
	'upscale-a-clip.json': writesItsResult,
	'perform-a-character.json': writesItsResult,
	'picture-to-clip.json': async (stage, workflow) => {
		const execution = await stage.succeed(workflow);
		const [{ fileName }] = jsonOf(execution, 'Write the clip');
		assert.equal(sha256OfFile(String(fileName)), TRANSFORMED_SHA256);
		const [{ outputUrl }] = jsonOf(execution, 'Generate the picture');
		const { pathname, search } = new URL(String(outputUrl));
		const picture = stage.simulator.outputBaseUrl + pathname + search;
		assert.equal(await sha256OfUrl(picture), PICTURE_SHA256);
	},
	'before-and-after.json': async (stage, workflow) => {
		await stage.succeed(workflow);
		const folder = stage.n8n.filesFolder;
		assert.equal(
			sha256OfFile(join(folder, 'before.mp4')),
			sha256OfFile(exampleMedia('source.mp4')),
		);
		assert.equal(sha256OfFile(join(folder, 'after.mp4')), TRANSFORMED_SHA256);
		assert.ok(existsSync(join(folder, 'compare.html')));
	},
	'batch-from-a-list.json': async (stage, workflow) => {
		// One of its three clips is refused by the node itself.
		const done = jsonOf(await stage.succeed(workflow), 'Report').filter(
			({ result }) => result === 'done',
		);
		assert.equal(done.length, 2);
		for (const { outputUrl } of done)
			assert.equal(await sha256OfUrl(String(outputUrl)), TRANSFORMED_SHA256);
	},
	'trigger-on-finished-task.json': async (stage, workflow) => {
		const created = await stage.succeed(
			sequence('A task', [manualTrigger, itemPerPrompt(['[sim:quick]']), transformNode()]),
		);
		const [{ taskId }] = jsonOf(created, 'CometAPI Runway');
		const named = parseWorkflow(JSON.stringify(workflow).replace(NOT_THERE_YET_ID, String(taskId)));
		const stored = await stage.store(named);
		await stage.api.activate(stored);
		// It polls at the next full minute.
		const [{ id }] = await stage.api.waitForExecutions({ workflowId: stored.id }, 1, 90_000);
		const [task] = jsonOf(
			await stage.api.waitForExecution(id, 30_000, 'success'),
			'Store the output',
		);
		await stage.api.deactivate(stored);
		assert.equal(task.taskId, taskId);
		assert.equal(await sha256OfUrl(String(task.outputUrl)), TRANSFORMED_SHA256);
	},
	'schedule-to-s3.json': async (stage, workflow) => {
		const s3 = await startS3(BUCKET);
		const { id, name } = await stage.api.createCredentialOf('s3', 'S3', s3.credential);
		workflow.nodes.find((node) => node.name === 'Store on S3')!.credentials = { s3: { id, name } };
		const execution = await stage.succeed(workflow, 'Every morning');
		const [{ taskId }] = jsonOf(execution, 'CometAPI Runway Wait');
		const day = execution.startedAt!.slice(0, 10);
		assert.equal(
			sha256OfFile(s3.fileOf(BUCKET, `runway/${day}-${String(taskId)}.mp4`)),
			TRANSFORMED_SHA256,
		);
	},
};

async function writesItsResult(stage: Stage, workflow: WorkflowJson): Promise<void> {
	const [{ fileName }] = jsonOf(await stage.succeed(workflow), 'Write the result');
	assert.equal(sha256OfFile(String(fileName)), TRANSFORMED_SHA256);
}

describe('the examples, as they are shipped', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open({ speed: 20 }, { env: { GENERIC_TIMEZONE: 'UTC' } });
		stage.simulator.addRule(PUBLIC_PICTURE);
		placeExampleMedia(stage.n8n.filesFolder);
	});

	for (const file of exampleFiles()) {
		it(file, async () => {
			const workflow = readExample(file, stage.n8n.filesFolder);
			assert.ok(
				workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote'),
				'a note explains it',
			);
			assert.ok(examples[file], 'this suite knows what is to come of it');
			await examples[file](stage, workflow);
		});
	}
});

async function sha256OfUrl(url: string): Promise<string> {
	const response = await fetch(url);
	assert.equal(response.status, 200);
	return sha256(Buffer.from(await response.arrayBuffer()));
}
