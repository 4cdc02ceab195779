import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { chain, runWorkflow, trigger } from '../../tools/engine';
import { useCaptureServer } from './support/captureServer';
import { prompts, transform } from '../../tools/engine/runway';

const server = useCaptureServer();

async function send(
	parameters: IDataObject,
	input: INodeExecutionData[] = prompts('Make it snow'),
) {
	const credentials = {
		cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: `${server.baseUrl()}/` },
	};
	const run = await runWorkflow(chain(trigger, transform(parameters)), { credentials, input });
	expect(run.error).toBeUndefined();
	return { run, sent: server.captured };
}

const file = (content: Buffer, mimeType: string) => ({
	data: content.toString('base64'),
	mimeType,
});

test('needs only the video URL and the prompt, and sends nothing that was not set', async () => {
	const { run, sent } = await send({});

	expect(sent).toHaveLength(1);
	const [{ method, url, headers, body }] = sent;
	expect([method, url]).toEqual(['POST', '/runwayml/v1/video_to_video']);
	expect(headers).toMatchObject({
		authorization: `Bearer ${DEFAULT_API_KEY}`,
		'content-type': 'application/json',
		'x-runway-version': '2024-11-06',
	});
	expect(body).toEqual({
		videoUri: 'https://example.com/clip.mp4',
		promptText: 'Make it snow',
		model: 'gen4_aleph',
		ratio: '1280:720',
	});
	expect(run.output('Transform')).toEqual([
		{ json: { taskId: 'task-1', status: 'PENDING' }, pairedItem: { item: 0 } },
	]);
});

test("sends what n8n's own fields give: a resource locator, an expression, a collection, a header", async () => {
	const { sent } = await send({
		model: { __rl: true, mode: 'id', value: 'a-model-of-tomorrow' },
		ratio: '={{ "1104" + ":832" }}',
		references: { reference: [{ source: 'url', url: 'https://example.com/style.jpg' }] },
		options: { seed: 0, runwayVersion: '2025-01-01', additionalFields: '{"at": [{"second": 1}]}' },
	});

	expect(sent[0].headers['x-runway-version']).toBe('2025-01-01');
	expect(sent[0].body).toEqual({
		videoUri: 'https://example.com/clip.mp4',
		promptText: 'Make it snow',
		model: 'a-model-of-tomorrow',
		ratio: '1104:832',
		seed: 0,
		references: [{ type: 'image', uri: 'https://example.com/style.jpg' }],
		at: [{ second: 1 }],
	});
});

test('sends binary video and reference images as data URIs, byte for byte', async () => {
	const video = readFileSync(join(__dirname, '../../examples/media/source.mp4'));
	const image = Buffer.from('89504e470d0a1a0a', 'hex');
	const input = [
		{
			json: { prompt: 'Make it snow' },
			binary: { clip: file(video, 'video/mp4'), style: file(image, 'image/png') },
		},
	];
	const { run, sent } = await send(
		{
			videoSource: 'binary',
			binaryPropertyName: 'clip',
			references: { reference: [{ source: 'binary', binaryPropertyName: 'style' }] },
		},
		input,
	);

	const body = z.object({ videoUri: z.string(), references: z.unknown() }).parse(sent[0].body);
	const [header, content] = body.videoUri.split(',');
	expect(header).toBe('data:video/mp4;base64');
	expect(Buffer.from(content, 'base64').equals(video)).toBe(true);
	expect(body.references).toEqual([
		{ type: 'image', uri: `data:image/png;base64,${image.toString('base64')}` },
	]);
	expect(run.json('Transform')).toEqual([{ taskId: 'task-1', status: 'PENDING' }]);
});
