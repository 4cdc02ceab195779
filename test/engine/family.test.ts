import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../nodes/CometApiRunway/models/routes';
import { runChain, told, wait } from '../../tools/engine/runway';
import { BINARY, create, everything, IMAGE, LEAST, modelId } from './support/family';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 1000 });

const operations = Object.keys(ROUTES);
const oneItem = [{ json: {} }];

const read = (path: string) => readFileSync(join(__dirname, '../..', path));
const asBinary = (content: Buffer, mimeType: string) => ({
	data: content.toString('base64'),
	mimeType,
});
const withFiles = [
	{
		json: {},
		binary: {
			image: asBinary(read('tools/simulator/assets/transformed.png'), 'image/png'),
			video: asBinary(read('examples/media/source.mp4'), 'video/mp4'),
		},
	},
];

const cases = operations.flatMap((operation) =>
	Object.keys(ROUTES[operation].models).map((model): [string, string] => [operation, model]),
);

test.each(cases)('%s: %s accepts all that its panel offers', async (operation, model) => {
	const run = await runChain(simulator, [create(operation, everything(operation, model))], oneItem);
	expect(run.error).toBeUndefined();
	expect(run.output('Create')).toHaveLength(1);
	expect(simulator.requests()).toMatchObject([{ operation: 'create', model, status: 200 }]);
});

describe.each(operations)('%s', (operation) => {
	test.each([
		['URLs', LEAST[operation], oneItem],
		['binary data', BINARY[operation], withFiles],
	])('from %s: the task is waited for and its output stored', async (_from, parameters, input) => {
		const nodes = [create(operation, parameters), wait({ download: true })];
		const run = await runChain(simulator, nodes, input);
		expect(run.error).toBeUndefined();
		const [{ json, binary }] = run.output('Wait');
		expect(json).toMatchObject({ status: 'SUCCEEDED', taskId: simulator.tasks()[0].id });
		const type = operation === 'image/generate' ? 'image/png' : 'video/mp4';
		expect(binary?.data.mimeType).toBe(type);
	});

	test('a retry creates only what was not accepted', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 403 });
		const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const node = create(operation, LEAST[operation], threeTries);
		const run = await runChain(simulator, [node], [{ json: {} }, { json: {} }]);
		const accepted = simulator.tasks().map(({ id }) => id);
		expect(accepted).toHaveLength(2);
		expect(simulator.stats().createsReceived).toBe(3);
		const handedOut = run.output('Create').map(({ json }) => String(json.taskId));
		expect(handedOut.sort()).toEqual(accepted.sort());
	});

	test('a source that is missing is told, with item, field and remedy, and nothing is sent', async () => {
		const empty = Object.keys(LEAST[operation]).map((name) => [name, '={{ "" }}']);
		const run = await runChain(simulator, [create(operation, Object.fromEntries(empty))], oneItem);
		expect(told(run).message).toMatch(
			/^(Video URL|Image URL|Character URL|Prompt) is empty \[item 0\]$/,
		);
		expect(told(run).description).not.toBe('');
		expect(simulator.requests()).toEqual([]);
	});
});

test.each<[string, object, string]>([
	[
		'references for aleph2',
		{
			...LEAST['video/transform'],
			model: '={{ "aleph2" }}',
			ratio: '',
			references: { reference: [{ source: 'url', url: IMAGE }] },
		},
		'Reference is set, but the model aleph2 does not take it [item 0]',
	],
	[
		'six keyframes',
		{
			...LEAST['video/transform'],
			model: modelId('aleph2'),
			keyframes: { keyframe: Array.from({ length: 6 }, () => ({ url: IMAGE, seconds: 1 })) },
		},
		'Keyframe has 6 entries; aleph2 takes at most 5 [item 0]',
	],
	[
		'a window at one keyframe only',
		{
			...LEAST['video/transform'],
			model: modelId('aleph2'),
			keyframes: {
				keyframe: [
					{ url: IMAGE, seconds: 1, hasRange: true, startSeconds: 0, endSeconds: 3 },
					{ url: IMAGE, seconds: 4 },
				],
			},
		},
		'Keyframe 2 has no window, but others have: all keyframes need one, or none [item 0]',
	],
	[
		'a window that ends before it begins',
		{
			...LEAST['video/transform'],
			model: modelId('aleph2'),
			keyframes: {
				keyframe: [{ url: IMAGE, seconds: 3, hasRange: true, startSeconds: 3, endSeconds: 3 }],
			},
		},
		'Keyframe 1 has a window that ends before it begins [item 0]',
	],
	[
		'a keyframe outside of its window',
		{
			...LEAST['video/transform'],
			model: modelId('aleph2'),
			keyframes: {
				keyframe: [{ url: IMAGE, seconds: 9, hasRange: true, startSeconds: 0, endSeconds: 3 }],
			},
		},
		'Keyframe 1 has its moment outside of its window [item 0]',
	],
])('%s are refused before anything is sent', async (_what, parameters, message) => {
	const run = await runChain(simulator, [create('video/transform', { ...parameters })], oneItem);
	expect(told(run).message).toBe(message);
	expect(simulator.requests()).toEqual([]);
});

test.each<[string, object, string]>([
	['image/generate', { referenceImages: {} }, 'Reference Image is empty [item 0]'],
	[
		'video/generate',
		{ duration: 11 },
		'Duration (Seconds) is 11; gen4_turbo takes 2 to 10 [item 0]',
	],
	[
		'video/generate',
		{ model: modelId('gen4.5'), promptText: '={{ "" }}' },
		'Prompt is empty [item 0]',
	],
	[
		'video/perform',
		{ options: { expressionIntensity: 6 } },
		'Expression Intensity is 6; act_two takes 1 to 5 [item 0]',
	],
	[
		'video/upscale',
		{ model: modelId('enhance_frame_rate'), targetFramerate: '25.5' },
		'Target Frame Rate is "25.5"; enhance_frame_rate takes 60, 23_98, 24, 25, 29_97, 30, 48, 50, 59_94, 120 [item 0]',
	],
])(
	'%s: what the model does not take is told before anything is sent (%j)',
	async (operation, more, message) => {
		const run = await runChain(
			simulator,
			[create(operation, { ...LEAST[operation], ...more })],
			oneItem,
		);
		expect(told(run).message).toBe(message);
		expect(simulator.requests()).toEqual([]);
	},
);

test('a model that the table does not know gets what was filled in, and nothing else', async () => {
	const run = await runChain(
		simulator,
		[create('video/transform', { ...LEAST['video/transform'], model: modelId('aleph9') })],
		oneItem,
	);
	expect(run.error).toBeUndefined();
	expect(simulator.requests()).toMatchObject([{ model: 'aleph9', status: 200 }]);
});
