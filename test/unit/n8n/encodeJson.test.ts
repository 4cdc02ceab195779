import { z } from 'zod';
import { DataUri } from '../../../nodes/shared/n8n/media/dataUri';
import { encodeJson } from '../../../nodes/shared/n8n/media/encodeJson';

const file = (content: string | Buffer, mimeType = 'video/mp4') =>
	new DataUri(mimeType, Buffer.from(content));
const decoded = (body: object) => JSON.parse(encodeJson(body).toString('utf8')) as unknown;

describe('a file is encoded as its type and its bytes in base64', () => {
	it.each<[string, DataUri, string]>([
		['with padding', file('a', 'image/png'), 'data:image/png;base64,YQ=='],
		['that is empty', file(''), 'data:video/mp4;base64,'],
		['with a quote in its type', file('abc', 'video/"mp4\\'), 'data:video/"mp4\\;base64,YWJj'],
		[
			'with letters beyond ASCII in its type',
			file('abc', 'video/möve'),
			'data:video/möve;base64,YWJj',
		],
	])('%s', (_what, videoUri, expected) => {
		expect(decoded({ videoUri })).toEqual({ videoUri: expected });
	});

	const SLICE = 3 * 4 * 1024;
	it.each([SLICE - 1, SLICE, SLICE + 1, 2 * SLICE + 2])('of %i bytes', (bytes) => {
		const content = Buffer.from(Array.from({ length: 251 }, (_, index) => index));
		const whole = Buffer.alloc(bytes, content);
		expect(
			encodeJson({ videoUri: file(whole) }).equals(
				Buffer.from(`{"videoUri":"data:video/mp4;base64,${whole.toString('base64')}"}`),
			),
		).toBe(true);
	});
});

it.each<[string, object]>([
	[
		'texts, numbers, lists and objects',
		{
			promptText: 'Schnee ❄ "im" \n Mai',
			seed: 7,
			references: [{ uri: 'https://media.example/a.png' }],
			targetAspectRatio: null,
		},
	],
	['nothing where a field is undefined', { promptText: 'snow', seed: undefined }],
])('a body without files is its JSON: %s', (_what, body) => {
	expect(encodeJson(body).toString('utf8')).toBe(JSON.stringify(body));
});

it('files stand where they belong, however many', () => {
	const references = [
		{ type: 'image', uri: file('one', 'image/png') },
		{ type: 'image', uri: 'https://media.example/two.png' },
		{ type: 'image', uri: file('three', 'image/jpeg') },
	];
	expect(decoded({ promptText: '❄', videoUri: file('clip'), references, seed: 1 })).toEqual({
		promptText: '❄',
		videoUri: 'data:video/mp4;base64,Y2xpcA==',
		references: [
			{ type: 'image', uri: 'data:image/png;base64,b25l' },
			{ type: 'image', uri: 'https://media.example/two.png' },
			{ type: 'image', uri: 'data:image/jpeg;base64,dGhyZWU=' },
		],
		seed: 1,
	});
});

it('a text is never taken for the place of a file, not even one that has been such a place', () => {
	const stringify = jest.spyOn(JSON, 'stringify');
	encodeJson({ videoUri: file('clip') });
	const { videoUri: place } = z
		.object({ videoUri: z.string() })
		.parse(JSON.parse(String(stringify.mock.results[0].value)));
	stringify.mockRestore();
	expect(decoded({ promptText: place, videoUri: file('clip') })).toEqual({
		promptText: place,
		videoUri: 'data:video/mp4;base64,Y2xpcA==',
	});
});
