import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { searchModels } from '../../../nodes/CometApiRunway/models/searchModels';

/** n8n's functions for a list, with an HTTP client that answers as told. */
function listContext(answer: () => unknown, baseUrl = 'https://gateway.example/') {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		getCredentials: async () => ({ apiKey: 'sk-secret', baseUrl }),
		logger: { debug() {} },
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
				return answer();
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, sent };
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

async function list(answer: () => unknown, filter?: string) {
	const { context, sent } = listContext(answer);
	const { results } = await searchModels.call(context, filter);
	return { ids: results.map(({ value }) => value), sent };
}

test("offers the catalogue's Runway models for video to video, and asks for them without the key", async () => {
	const { ids, sent } = await list(() => catalogue);

	expect(ids).toEqual(['aleph3', 'gen4_aleph']);
	expect(sent).toHaveLength(1);
	expect(sent[0]).toMatchObject({
		method: 'GET',
		baseURL: 'https://gateway.example',
		url: '/api/models',
	});
	expect(JSON.stringify(sent)).not.toContain('sk-secret');
});

test('keeps those that match what was typed', async () => {
	expect((await list(() => catalogue, 'GEN4')).ids).toEqual(['gen4_aleph']);
});

test.each([
	[
		'the catalogue cannot be reached',
		() => {
			throw new Error('ECONNREFUSED');
		},
	],
	['the answer is no catalogue', () => '<html></html>'],
	['the catalogue has none of them', () => ({ data: [] })],
])('falls back to the known models when %s', async (_, answer) => {
	expect((await list(answer)).ids).toEqual(['aleph2', 'gen4_aleph']);
});
