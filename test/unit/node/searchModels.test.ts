import { Readable } from 'node:stream';
import type { IHttpRequestOptions, ILoadOptionsFunctions, Logger } from 'n8n-workflow';
import { searchModels } from '../../../nodes/CometApiRunway/models/searchModels';
import { fake } from '../support/fake';

type Helpers = ILoadOptionsFunctions['helpers'];

/** Fills the list of an operation with an HTTP client that answers as told. */
async function list(answer: () => unknown, filter?: string, operation = 'video/transform') {
	const sent: IHttpRequestOptions[] = [];
	const [resource, name] = operation.split('/');
	const context = fake<ILoadOptionsFunctions>({
		getCurrentNodeParameter: (parameter) => ({ resource, operation: name })[parameter],
		getCredentials: jest.fn(async () => ({
			apiKey: 'sk-secret',
			baseUrl: 'https://gateway.example/',
		})) as jest.Mock,
		logger: fake<Logger>({ debug: () => {} }),
		helpers: fake<Helpers>({
			async httpRequest(options) {
				sent.push(options);
				return answer();
			},
		}),
	});
	const { results } = await searchModels.call(context, filter);
	return {
		ids: results.map(({ value }) => value),
		names: results.map(({ name: shown }) => shown),
		sent,
	};
}

const catalogue = {
	success: true,
	data: [
		{ id: 'gpt-image-2', provider: 'OpenAI', model_type: 'image', features: ['text-to-image'] },
		{ id: 'gen4_turbo', provider: 'Runway', model_type: 'video', features: ['image-to-video'] },
		{ id: 'gen4_aleph', provider: 'Runway', features: ['video-to-video'] },
		{
			id: 'aleph2',
			provider: 'Runway',
			pricing: { currency: 'USD', per_second: 0.28, per_request: 'on demand' },
		},
		{
			id: 'aleph3',
			provider: 'Runway',
			features: ['video-to-video'],
			pricing: { currency: 'USD', per_request: 0.5 },
		},
		{
			id: 'runwayml_video_to_video',
			provider: 'Runway',
			features: ['video-to-video'],
			pricing: { currency: 'USD', per_request: 0.32 },
		},
		{
			id: 'runwayml_video_upscale',
			provider: 'Runway',
			pricing: { currency: 'CNY', per_request: 3 },
		},
		{ id: 'other-v2v', provider: 'Elsewhere', features: ['video-to-video'] },
		'not a model',
		{ id: 17 },
	],
};

test("offers the catalogue's models for the route, and asks for them without the key", async () => {
	const { ids, sent } = await list(() => catalogue);

	expect(ids).toEqual(['aleph2', 'aleph3', 'gen4_aleph']);
	expect(sent).toMatchObject([
		{ method: 'GET', baseURL: 'https://gateway.example', url: '/api/models' },
	]);
	expect(JSON.stringify(sent)).not.toContain('sk-secret');
});

test('the price stands beside the name: that of the model, or else of the route', async () => {
	expect((await list(() => catalogue)).names).toEqual([
		'aleph2 ($0.28 per second)',
		'aleph3 ($0.5 per task)',
		'gen4_aleph ($0.32 per task)',
	]);
});

test.each([
	['video/generate', ['gen4_turbo']],
	['video/upscale', ['enhance_frame_rate', 'magnific_video_upscaler_creative', 'upscale_v1']],
	['video/perform', ['act_two']],
])('%s has models of its own, and no price where none is told', async (operation, names) => {
	expect((await list(() => catalogue, '', operation)).names).toEqual(names);
});

/** As n8n hands it out. */
function* behindSpaces(answer: object, bytes: number): Generator<Buffer> {
	for (let sent = 0; sent < bytes; sent += 1024 * 1024) yield Buffer.alloc(1024 * 1024, ' ');
	yield Buffer.from(JSON.stringify(answer));
}

test('the answer is read as it comes', async () => {
	const answer = () => Readable.from(behindSpaces(catalogue, 1024 * 1024));
	expect((await list(answer)).ids).toEqual(['aleph2', 'aleph3', 'gen4_aleph']);
});

test('keeps those that match what was typed', async () => {
	expect((await list(() => catalogue, 'GEN4')).ids).toEqual(['gen4_aleph']);
});

test.each([
	['the catalogue cannot be reached', () => Promise.reject(new Error('ECONNREFUSED'))],
	['the answer is no catalogue', () => '<html></html>'],
	['the answer is huge', () => Readable.from(behindSpaces(catalogue, 11 * 1024 * 1024))],
	['the catalogue has nothing but what is billed', () => ({ data: [catalogue.data[5]] })],
])('falls back to the known models when %s', async (_, answer) => {
	const { ids, sent } = await list(answer);
	expect(ids).toEqual(expect.arrayContaining(['aleph2', 'gen4_aleph', 'seedance2']));
	expect(ids).not.toContain('runwayml_video_to_video');
	expect(sent).toHaveLength(1);
});
