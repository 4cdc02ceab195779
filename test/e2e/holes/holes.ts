import assert from 'node:assert/strict';
import type { INode, INodeParameters } from 'n8n-workflow';
import { errorOf, type Execution, itemsOf, jsonOf, type WorkflowJson } from '../../../tools/n8n';
import type { Simulator } from '../../../tools/simulator';
import { TRANSFORMED_SHA256, type Stage, sha256 } from '../stage';
import {
	itemPerPrompt,
	manualTrigger,
	node,
	sequence,
	SUBMIT,
	transformNode,
	WAIT,
	waitInProcess,
} from '../workflows';
import { HTML_ID, LATE_TASK, PACKED_TASK, VAGUE_CLIP } from './strangeHost';
import { firesOnce } from './trigger';
import type { Ground } from './ways';

/** A hole that hostile tests found once; the check fails where it is open again. */
export interface Hole {
	name: string;
	check(ground: Ground): Promise<void>;
}

const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const GET = 'Get';

type Fault = Omit<Parameters<Simulator['addFault']>[0], 'on'>;

const submitting = (
	prompts = ['clip'],
	more: Partial<INode> = THREE_TRIES,
	parameters: INodeParameters = {},
): WorkflowJson =>
	sequence('Submits', [manualTrigger, itemPerPrompt(prompts), transformNode(parameters, more)]);

const getting = (parameters: INodeParameters, more: Partial<INode> = {}): WorkflowJson =>
	sequence('Gets', [
		manualTrigger,
		node(
			GET,
			'n8n-nodes-cometapi-runway.cometApiRunway',
			1,
			{ resource: 'task', operation: 'get', ...parameters },
			more,
		),
	]);

const waitingFor = (taskId: string, options: INodeParameters = {}): WorkflowJson => {
	const { parameters, ...rest } = waitInProcess(options);
	return sequence('Waits', [manualTrigger, { ...rest, parameters: { ...parameters, taskId } }]);
};

/** One create meets a fault, with *Retry On Fail*. */
async function submitInto({ stage }: Ground, fault: Fault): Promise<Execution> {
	stage.simulator.addFault({ on: 'create', ...fault });
	return await stage.run(submitting());
}

/** It was sent once, and is told as what may have been accepted. */
function assertUncertain({ stage }: Ground, execution: Execution): void {
	assert.match(String(errorOf(execution)), /may have been accepted/);
	assert.equal(stage.simulator.stats().createsReceived, 1);
}

async function createTask(stage: Stage, prompt: string): Promise<string> {
	const execution = await stage.succeed(submitting([prompt]));
	return String(jsonOf(execution, SUBMIT)[0].taskId);
}

/** An output that comes as a page, or as nothing: no file, and the error keeps the URL. */
async function assertNoFile({ stage }: Ground, fault: Fault): Promise<void> {
	const taskId = await createTask(stage, '[sim:quick] clip');
	stage.simulator.addFault({ on: 'download', times: 9, ...fault });
	const execution = await stage.run(waitingFor(taskId, { download: true }));
	assert.equal(execution.status, 'error');
	assert.ok(JSON.stringify(execution.data.resultData.error).includes('/outputs/'));
	assert.deepEqual(itemsOf(execution, WAIT), []);
}

/** In the order of the list of holes. */
export const HOLES: Hole[] = [
	{
		name: 'an id under a header that says HTML is read',
		async check({ strange, host }) {
			const before = host.creates();
			const execution = await strange.succeed(submitting());
			assert.equal(jsonOf(execution, SUBMIT)[0].taskId, HTML_ID);
			assert.equal(host.creates(), before + 1);
		},
	},
	{
		name: 'a web page with 200 may hide a task, and nothing is sent again',
		async check(ground) {
			assertUncertain(ground, await submitInto(ground, { kind: 'html', accepted: true }));
		},
	},
	...(['task_id', 'data.task_id', 'data'] as const).map(
		(createdIdIn): Hole => ({
			name: `an id that is a number, in ${createdIdIn}, is read`,
			async check({ stage }) {
				stage.simulator.useScenario({ createdIdIn, createdIdAs: 'number' });
				const taskId = await createTask(stage, 'clip');
				assert.deepEqual(
					stage.simulator.tasks().map(({ id }) => id),
					[taskId],
				);
			},
		}),
	),
	{
		name: "a load balancer's 503 may hide a task",
		async check(ground) {
			const fault: Fault = { kind: 'html', status: 503, accepted: true };
			assertUncertain(ground, await submitInto(ground, fault));
		},
	},
	{
		name: "CometAPI's own 503 is sent again",
		async check(ground) {
			const execution = await submitInto(ground, { kind: 'status', status: 503 });
			assert.equal(execution.status, 'success', errorOf(execution));
			const { createsReceived, tasksAccepted } = ground.stage.simulator.stats();
			assert.deepEqual([createsReceived, tasksAccepted], [2, 1]);
		},
	},
	{
		name: 'a connection that is lost after the acceptance is not sent again',
		async check(ground) {
			assertUncertain(ground, await submitInto(ground, { kind: 'reset', accepted: true }));
		},
	},
	{
		name: 'a refusal in an answer with 200 is a refusal',
		async check(ground) {
			const refusal: Fault = { kind: 'status', status: 200, code: 'invalid_request', times: 9 };
			const execution = await submitInto(ground, refusal);
			assert.equal(errorOf(execution), 'CometAPI refused the request');
			assert.equal(ground.stage.simulator.stats().tasksAccepted, 0);
		},
	},
	{ name: 'the trigger fires once for each task, published again and again', check: firesOnce },
	{
		name: 'an output that is sent packed, with its length, is stored unpacked',
		async check({ strange }) {
			const execution = await strange.succeed(waitingFor(PACKED_TASK, { download: true }));
			const [{ binary }] = itemsOf(execution, WAIT);
			const content = await strange.api.binaryData(String(binary?.data.id));
			assert.equal(sha256(content), TRANSFORMED_SHA256);
		},
	},
	{
		name: 'a web page is not stored as a video',
		check: async (ground) => await assertNoFile(ground, { kind: 'html' }),
	},
	{
		name: 'nothing is not stored as a video',
		check: async (ground) => await assertNoFile(ground, { kind: 'emptyBody' }),
	},
	{
		name: 'Get without Simplify gives an answer that no task can be made of',
		async check({ stage }) {
			const taskId = await createTask(stage, '[sim:quick] [sim:no-output] clip');
			const execution = await stage.succeed(getting({ taskId, simplify: false }));
			assert.deepEqual(jsonOf(execution, GET)[0].output, []);
		},
	},
	{
		name: 'a URL that comes after the success is waited for',
		async check({ strange }) {
			const execution = await strange.succeed(waitingFor(LATE_TASK));
			assert.match(String(jsonOf(execution, WAIT)[0].outputUrl), /clip\.mp4$/);
		},
	},
	{
		name: 'a binary of no particular type is a video by its first bytes',
		async check({ stage, host }) {
			const fetched = node('Fetch', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `${host.baseUrl}${VAGUE_CLIP}`,
				options: { response: { response: { responseFormat: 'file' } } },
			});
			const source = { videoSource: 'binary', binaryPropertyName: 'data', promptText: 'Snow' };
			await stage.succeed(sequence('Vague', [manualTrigger, fetched, transformNode(source)]));
			assert.equal(stage.simulator.stats().tasksAccepted, 1);
		},
	},
	{
		name: 'Execute Once ends, with one task for three items',
		async check({ stage }) {
			await stage.succeed(submitting(['a', 'b', 'c'], { executeOnce: true }));
			assert.equal(stage.simulator.stats().createsReceived, 1);
		},
	},
	{
		name: 'a rate limit slows a batch down, and loses none of it',
		async check({ stage }) {
			stage.simulator.addFault({ on: 'create', kind: 'status', status: 429, retryAfter: 2 });
			const execution = await stage.succeed(submitting(['a', 'b', 'c', 'd'], {}));
			assert.equal(jsonOf(execution, SUBMIT).length, 4);
			assert.equal(stage.simulator.stats().tasksAccepted, 4);
		},
	},
	...[
		['two dots', '..'],
		['half of a character', '={{ "task" + "\\ud800" }}'],
	].map(
		([what, taskId]): Hole => ({
			name: `${what} for a task id is told with the item, and asks nobody`,
			async check({ stage }) {
				const execution = await stage.run(
					getting({ taskId }, { onError: 'continueRegularOutput' }),
				);
				assert.equal(execution.status, 'success', errorOf(execution));
				assert.match(JSON.stringify(jsonOf(execution, GET)), /can be no id \[item 0\]/);
				assert.deepEqual(stage.simulator.requests(), []);
			},
		}),
	),
	{
		name: 'a Runway Version that is a number does not throw of itself',
		async check({ stage }) {
			const runwayVersion = '={{ 20241106 }}';
			const execution = await stage.run(submitting(['clip'], {}, { options: { runwayVersion } }));
			assert.doesNotMatch(String(errorOf(execution)), /not a function/);
		},
	},
];
