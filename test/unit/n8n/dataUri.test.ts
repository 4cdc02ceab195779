import { dataUriBytes, findBinaryProblem } from '../../../nodes/shared/n8n/media/dataUri';

const MB = 1024 * 1024;

describe('the bytes of a data URI are counted', () => {
	it.each([0, 1, 2, 3])('of a file of %i bytes', (bytes) => {
		expect(dataUriBytes(`data:video/mp4;base64,${Buffer.alloc(bytes, 7).toString('base64')}`)).toBe(
			bytes,
		);
	});

	it.each<[string, string, number]>([
		['without padding', 'data:video/mp4;base64,YWI', 2],
		['with a parameter in its type', 'data:video/mp4;codecs=avc1;base64,YWJj', 3],
		['in capitals', 'DATA:VIDEO/MP4;BASE64,YWJj', 3],
	])('%s', (_how, uri, expected) => {
		expect(dataUriBytes(uri)).toBe(expected);
	});

	it.each<[string, string]>([
		['is not in base64', 'data:video/mp4,abc'],
		['has no comma', 'data:video/mp4;base64'],
		['says base64 after the comma', 'data:video/mp4,;base64,abc'],
		['is a URL', 'https://cdn.example/a.mp4'],
	])('but not of what %s', (_what, uri) => {
		expect(dataUriBytes(uri)).toBeUndefined();
	});
});

describe('a binary field is a fit source', () => {
	it.each<[string, string, number, 'video' | 'image']>([
		['a video of just 16 MB', 'video/mp4', 16 * MB, 'video'],
		['an image of just 5 MB', 'image/jpeg', 5 * MB, 'image'],
	])('when it is %s', (_what, mimeType, bytes, mediaType) => {
		expect(findBinaryProblem(mimeType, bytes, mediaType)).toBeUndefined();
	});

	it.each<[string, string, number, 'video' | 'image', string]>([
		['an image for a video', 'image/png', 1, 'video', 'is image/png, not a video'],
		['a video for an image', 'video/mp4', 1, 'image', 'is video/mp4, not an image'],
		['a type that only starts alike', 'videos/mp4', 1, 'video', 'is videos/mp4, not a video'],
		['of unknown type', '', 1, 'video', 'is of unknown type, not a video'],
		['empty', 'video/mp4', 0, 'video', 'is empty'],
		[
			'a byte over 16 MB',
			'video/mp4',
			16 * MB + 1,
			'video',
			'is 16.1 MB; at most 16 MB can be sent as binary data',
		],
		[
			'a byte over 5 MB',
			'image/png',
			5 * MB + 1,
			'image',
			'is 5.1 MB; at most 5 MB can be sent as binary data',
		],
	])('but not when it is %s', (_what, mimeType, bytes, mediaType, problem) => {
		expect(findBinaryProblem(mimeType, bytes, mediaType)).toBe(problem);
	});
});
