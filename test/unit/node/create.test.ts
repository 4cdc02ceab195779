import type { IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { bodyOf, type BodyTable } from '../../../nodes/CometApiRunway/submit/body';
import { createHook } from '../../../nodes/CometApiRunway/submit/create';
import { mediaUri } from '../../../nodes/CometApiRunway/submit/schemas';
import { fileFrom } from '../../../nodes/CometApiRunway/submit/sources';
import { itemContext, itemsOf, type FakeRun } from '../property/support/fakeContext';
import { BASE_URL } from '../property/support/fakeServer';

/** A further operation: nothing but the table of its body, and the path that its picker declares. */
const TABLE: BodyTable = {
	videoUri: {
		label: 'Video URL',
		remedy: 'Give an https:// URL.',
		schema: mediaUri('video'),
		from: fileFrom('video', {
			label: 'Video',
			source: 'videoSource',
			url: 'videoUrl',
			binary: 'binaryPropertyName',
		}),
	},
};
const MODELS = { upscale_v1: { takes: { videoUri: { required: true } } } } as const;
const DECLARED = {
	options: { method: 'POST' as const, url: '/runwayml/v1/video_upscale', baseURL: `${BASE_URL}/` },
	preSend: [],
	postReceive: [],
};
const PARAMETERS = {
	videoSource: 'url',
	videoUrl: 'https://media.example/clip.mp4',
	model: 'upscale_v1',
};

/** Runs the operation on two items, try after try as *Retry On Fail* does. */
function operation(parameters: FakeRun['parameters']) {
	const sent: IHttpRequestOptions[] = [];
	const run: FakeRun = {
		items: itemsOf({}, {}),
		parameters: { ...PARAMETERS, ...parameters },
		storage: {},
		continueOnFail: false,
		complaints: [],
		answer: async (request) => {
			sent.push(request);
			const body = { id: `task-${sent.length}`, estimatedCost: { credits: 28 * sent.length } };
			return { statusCode: 200, headers: {}, body };
		},
	};
	const executeData = { data: { main: [run.items] } };
	const create = createHook(bodyOf(TABLE, MODELS));
	const attempt = async () =>
		await Promise.all(
			run.items.map(async (_, item) => {
				const context = itemContext<IExecutePaginationFunctions>(run, item, executeData);
				return (await create.call(context, DECLARED))[0];
			}),
		);
	return { sent, run, attempt };
}

test('a further operation sends what its table says to the path that its picker declares', async () => {
	const { sent, run, attempt } = operation({ options: { runwayVersion: '2025-01-01' } });
	expect(await attempt()).toEqual([
		{
			json: { taskId: 'task-1', status: 'PENDING', estimatedCostCredits: 28 },
			pairedItem: { item: 0 },
		},
		{
			json: { taskId: 'task-2', status: 'PENDING', estimatedCostCredits: 56 },
			pairedItem: { item: 1 },
		},
	]);
	expect(run.complaints).toEqual([]);
	expect(sent[0]).toMatchObject({
		method: 'POST',
		baseURL: BASE_URL,
		url: '/runwayml/v1/video_upscale',
		headers: { 'X-Runway-Version': '2025-01-01' },
	});
	expect(JSON.parse(String(sent[0].body))).toEqual({
		videoUri: 'https://media.example/clip.mp4',
		model: 'upscale_v1',
	});
});

test('and its retry hands out the tasks it has, with what they will cost', async () => {
	const { sent, attempt } = operation({});
	const first = await attempt();
	expect(await attempt()).toEqual(first);
	expect(sent).toHaveLength(2);
});

test.each<[string, object, string]>([
	['a field of its table', { model: ' ' }, 'Model is empty [item 0]'],
	[
		'an option of every create',
		{ options: { maxConcurrency: 0 } },
		'Max Concurrency is 0, not a number above 0 [item 0]',
	],
	['the version', { options: { runwayVersion: 7 } }, 'Runway Version is 7, not a text [item 0]'],
])('wrong input in %s is told, and nothing is sent', async (_where, parameters, message) => {
	const { sent, attempt } = operation({ ...parameters });
	await expect(attempt()).rejects.toMatchObject({ message, name: 'NodeOperationError' });
	expect(sent).toEqual([]);
});
