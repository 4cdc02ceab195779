import assert from 'node:assert/strict';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import {
	exampleFiles,
	exampleMedia,
	placeExampleMedia,
	PUBLIC_PICTURE,
	readExample,
} from '../../tools/examples';
import {
	jsonOf,
	n8nMajorVersion,
	parseWorkflow,
	waitFor,
	type WorkflowJson,
} from '../../tools/n8n';
import { startWritingModel } from './agent/scriptedModel';
import { COLLECT, RenderQueue, SUBMIT } from './renderQueue/queue';
import {
	PICTURE_SHA256,
	sha256,
	sha256OfFile,
	Stage,
	TIMEOUT_MS,
	TRANSFORMED_SHA256,
} from './stage';
import { startS3 } from './storage/s3';
import { startUploads } from './storage/uploads';
import { sequence, itemPerPrompt, manualTrigger, transformNode } from './workflows';

const BUCKET = 'my-clips';

/** More than a data URI may have. */
const LARGE_BYTES = 20 * 1024 * 1024;

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
		const stored = await stage.store(replaced(workflow, NOT_THERE_YET_ID, String(taskId)));
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
		await chooseCredential(stage, workflow, 's3', s3.credential, 'Store on S3');
		const execution = await stage.succeed(workflow, 'Every morning');
		const [{ taskId }] = jsonOf(execution, 'CometAPI Runway Wait');
		const day = execution.startedAt!.slice(0, 10);
		assert.equal(
			sha256OfFile(s3.fileOf(BUCKET, `runway/${day}-${String(taskId)}.mp4`)),
			TRANSFORMED_SHA256,
		);
	},
	'a-model-writes-the-prompt.json': async (stage, workflow) => {
		const uploads = await startUploads();
		const model = await startWritingModel((idea) => `${idea}, ${'very '.repeat(400)}cold`);
		await chooseCredential(stage, workflow, 'openAiApi', model.credential, 'Chat Model');
		const execution = await stage.succeed(
			replaced(workflow, 'https://uploads.example.com', uploads.baseUrl),
		);
		const [{ idea }] = jsonOf(execution, 'Settings');
		const [{ taskId }] = jsonOf(execution, 'CometAPI Runway Wait');
		const { promptText } = stage.simulator.tasks().find(({ id }) => id === taskId)!;
		assert.ok(promptText.startsWith(`${String(idea)}, very`) && promptText.length === 1000);
		assert.deepEqual([...uploads.sums], [[`/clips/${String(taskId)}.mp4`, TRANSFORMED_SHA256]]);
	},
	'a-large-file-through-s3.json': async (stage, workflow) => {
		const s3 = await startS3(BUCKET);
		const nodes = ['Clip to S3', 'Result to S3'];
		await chooseCredential(stage, workflow, 's3', s3.credential, ...nodes);
		const clip = join(stage.n8n.filesFolder, 'large-clip.mp4');
		appendFileSync(clip, Buffer.alloc(LARGE_BYTES));
		const execution = await stage.succeed(workflow);
		const [{ address }] = jsonOf(execution, 'Its address');
		const { pathname, origin } = new URL(String(address));
		assert.equal(origin, 'https://my-clips.example.com');
		// A bucket has that name where it is public: here the object is what anybody would be given there.
		assert.equal(sha256OfFile(s3.fileOf(BUCKET, pathname.slice(1))), sha256OfFile(clip));
		const [create] = stage.simulator
			.requests()
			.filter(({ operation }) => operation === 'create')
			.slice(-1);
		assert.ok(create.bodyBytes < 1_000, 'the clip itself is not sent along');
		const [{ taskId }] = jsonOf(execution, 'CometAPI Runway Wait');
		assert.equal(
			sha256OfFile(s3.fileOf(BUCKET, `results/${String(taskId)}.mp4`)),
			TRANSFORMED_SHA256,
		);
	},
	'portrait-and-landscape.json': async (stage, workflow) => {
		const execution = await stage.succeed(workflow);
		const shapes = jsonOf(execution, 'One item per shape').map(({ shape }) => shape);
		assert.deepEqual(shapes, [
			{ name: 'landscape', ratio: '16:9' },
			{ name: 'portrait', ratio: '9:16' },
		]);
		assert.equal(
			new Set(jsonOf(execution, 'CometAPI Runway Wait').map(({ taskId }) => taskId)).size,
			2,
		);
		for (const name of ['landscape', 'portrait'])
			assert.equal(sha256OfFile(join(stage.n8n.filesFolder, `${name}.mp4`)), TRANSFORMED_SHA256);
	},
	'render-queue.json': async (stage, workflow) => {
		// Its Data Table node neither creates tables there, nor takes them by their names.
		if (n8nMajorVersion() < 2) return;
		const queue = await RenderQueue.on(stage, workflow);
		await queue.add('Make it snow');
		await queue.run(SUBMIT);
		await waitFor(
			async () => {
				await queue.run(COLLECT);
				return (await queue.clipsIn('done')).length === 1;
			},
			TIMEOUT_MS,
			'the clip to be done',
		);
		const [{ result }] = await queue.clips();
		assert.equal(sha256OfFile(result), TRANSFORMED_SHA256);
	},
};

/** Chooses a credential of another service, as a person does, in the nodes of these names. */
async function chooseCredential(
	stage: Stage,
	workflow: WorkflowJson,
	type: string,
	data: object,
	...names: string[]
): Promise<void> {
	const { id, name } = await stage.api.createCredentialOf(type, type, data);
	for (const node of workflow.nodes)
		if (names.includes(node.name)) node.credentials = { [type]: { id, name } };
}

/** The workflow with a text in it replaced, wherever it is. */
function replaced(workflow: WorkflowJson, text: string, by: string): WorkflowJson {
	return parseWorkflow(JSON.stringify(workflow).replaceAll(text, by));
}

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
