import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { runChain, told, transform } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator();

const MB = 1024 * 1024;
const binary = (bytes: number, mimeType: string) => ({
	data: Buffer.alloc(bytes).toString('base64'),
	mimeType,
});

/** What differs from a good item, the field the error must name, and what it must tell the user to do. */
type Row = [
	title: string,
	item: IDataObject,
	parameters: IDataObject,
	message: RegExp,
	remedy: RegExp,
];

const rows: Row[] = [
	[
		'an http:// URL',
		{ url: 'http://example.com/a.mp4' },
		{},
		/^Video URL starts with http:\/\//,
		/https:\/\//,
	],
	[
		'a reference without a URI',
		{ reference: '' },
		{},
		/^Reference 1 is empty/,
		/https:\/\/|remove/,
	],
	[
		'a missing binary',
		{},
		{ videoSource: 'binary', binaryPropertyName: 'clip' },
		/^Input Binary Field names "clip", but the item has: large, text/,
		/Name the field/,
	],
	[
		'a binary over 16 MB',
		{},
		{ videoSource: 'binary', binaryPropertyName: 'large' },
		/^Input Binary Field names "large", which is 16\.1 MB; at most 16 MB/,
		/URL for larger videos/,
	],
	[
		'a binary that is no video',
		{},
		{ videoSource: 'binary', binaryPropertyName: 'text' },
		/^Input Binary Field names "text", which is text\/plain, not a video/,
		/holds the video/,
	],
	[
		'a binary reference that is missing',
		{},
		{ references: { reference: [{ source: 'binary', binaryPropertyName: 'style' }] } },
		/^Reference 1 names "style"/,
		/holds the image/,
	],
];

const good = {
	prompt: 'Make it snow',
	url: 'https://example.com/a.mp4',
	ratio: '1280:720',
	seed: 1,
	reference: 'https://example.com/a.jpg',
	additional: '{}',
};

const fields = {
	videoUrl: '={{ $json.url }}',
	ratio: '={{ $json.ratio }}',
	references: { reference: [{ source: 'url', url: '={{ $json.reference }}' }] },
	options: { seed: '={{ $json.seed }}', additionalFields: '={{ $json.additional }}' },
};

function item(changes: IDataObject): INodeExecutionData {
	const large = binary(16 * MB + 1, 'video/mp4');
	return { json: { ...good, ...changes }, binary: { large, text: binary(5, 'text/plain') } };
}

test.each(rows)(
	'%s names the field, the item and the remedy, and nothing is sent for it',
	async (_, changes, parameters, message, remedy) => {
		const run = await runChain(
			simulator,
			[transform({ ...fields, ...parameters })],
			[item(changes)],
		);

		const error = told(run);
		expect(error.message).toMatch(message);
		expect(error.message).toMatch(/ \[item 0\]$/);
		expect(error.description).toMatch(remedy);
		expect(error.context.itemIndex).toBe(0);
		expect(simulator.stats().createsReceived).toBe(0);
	},
);

test('with On Error set to continue a wrong item costs no request, and its siblings go out', async () => {
	const input = [item({}), item({ prompt: '' }), item({ prompt: 'Make it rain' })];
	const run = await runChain(
		simulator,
		[transform(fields, { onError: 'continueRegularOutput' })],
		input,
	);

	expect(run.error).toBeUndefined();
	const [first, second, third] = run.json('Transform');
	expect(second).toEqual({
		error: {
			message: 'Prompt is empty [item 1]',
			description: expect.stringContaining('what the output should show'),
			itemIndex: 1,
		},
	});
	expect(
		simulator
			.tasks()
			.map(({ id }) => id)
			.sort(),
	).toEqual([String(first.taskId), String(third.taskId)].sort());
});

test('without it the error of a wrong item lists what its siblings were given', async () => {
	const run = await runChain(
		simulator,
		[transform(fields)],
		[item({}), item({ ratio: '16x9' }), item({})],
	);

	const { message, description, context } = told(run);
	const accepted = z
		.array(z.object({ item: z.number(), taskId: z.string() }))
		.parse(context.acceptedTasks);
	expect(message).toMatch(/^Aspect Ratio is "16x9".* \[item 1\]$/);
	expect(accepted.map((entry) => entry.item)).toEqual([0, 2]);
	expect(accepted.map(({ taskId }) => taskId).sort()).toEqual(
		simulator
			.tasks()
			.map(({ id }) => id)
			.sort(),
	);
	for (const { item: index, taskId } of accepted)
		expect(description).toContain(`item ${index}: ${taskId}`);
});

test('when a field of a later item cannot be evaluated, no item is sent at all', async () => {
	const failing = transform({
		...fields,
		promptText: '={{ $json.bad ? $("Nowhere").item.json.prompt : $json.prompt }}',
	});
	const run = await runChain(simulator, [failing], [item({}), item({}), item({ bad: true })]);

	expect(run.status).toBe('error');
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(simulator.stats().createsReceived).toBe(0);
});

test.each<[string, { mimeType: string; fileName?: string }, Buffer]>([
	['its first bytes', { mimeType: 'application/octet-stream' }, Buffer.from('\0\0\0 ftypmp42')],
	['its name', { mimeType: 'application/octet-stream', fileName: 'clip.MP4' }, Buffer.from('x')],
])('a binary of a vague type is a video by %s', async (_how, file, content) => {
	const input = [
		{
			json: { prompt: 'Make it snow' },
			binary: { data: { ...file, data: content.toString('base64') } },
		},
	];
	const run = await runChain(simulator, [transform({ videoSource: 'binary' })], input);
	expect(run.error).toBeUndefined();
	expect(simulator.tasks()).toHaveLength(1);
});
