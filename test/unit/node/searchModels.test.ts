import type { IHttpRequestOptions, ILoadOptionsFunctions, Logger } from 'n8n-workflow';
import { searchModels } from '../../../nodes/CometApiRunway/models/searchModels';
import { fake } from '../support/fake';

type Helpers = ILoadOptionsFunctions['helpers'];

/** Fills the list with an HTTP client that answers as told. */
async function list(answer: () => unknown, filter?: string) {
	const sent: IHttpRequestOptions[] = [];
	const getCredentials: jest.Mock = jest.fn(async () => ({
		apiKey: 'sk-secret',
		baseUrl: 'https://gateway.example/',
	}));
	const context = fake<ILoadOptionsFunctions>({
		getCredentials,
		logger: fake<Logger>({ debug: () => {} }),
		helpers: fake<Helpers>({
			async httpRequest(options) {
				sent.push(options);
				return answer();
			},
		}),
	});
	const { results } = await searchModels.call(context, filter);
	return { ids: results.map(({ value }) => value), sent };
}

const catalogue = {
	success: true,
	data: [
		{ id: 'gpt-image-2', provider: 'OpenAI', model_type: 'image', features: ['text-to-image'] },
		{ id: 'gen4_turbo', provider: 'Runway', model_type: 'video', features: ['image-to-video'] },
		{ id: 'gen4_aleph', provider: 'Runway', model_type: 'video', features: ['video-to-video'] },
		{ id: 'aleph3', provider: 'Runway', model_type: 'video' },
		{ id: 'other-v2v', provider: 'Elsewhere', features: ['video-to-video'] },
		'not a model',
		{ id: 17 },
	],
};

test("offers the catalogue's Runway models for video to video, and asks for them without the key", async () => {
	const { ids, sent } = await list(() => catalogue);

	expect(ids).toEqual(['aleph3', 'gen4_aleph']);
	expect(sent).toMatchObject([
		{ method: 'GET', baseURL: 'https://gateway.example', url: '/api/models' },
	]);
	expect(JSON.stringify(sent)).not.toContain('sk-secret');
});

test('keeps those that match what was typed', async () => {
	expect((await list(() => catalogue, 'GEN4')).ids).toEqual(['gen4_aleph']);
});

test.each([
	['the catalogue cannot be reached', () => Promise.reject(new Error('ECONNREFUSED'))],
	['the answer is no catalogue', () => '<html></html>'],
	['the catalogue has none of them', () => ({ data: [] })],
])('falls back to the known models when %s', async (_, answer) => {
	const { ids, sent } = await list(answer);
	expect(ids).toEqual(['aleph2', 'gen4_aleph']);
	expect(sent).toHaveLength(1);
});
