import { z } from 'zod';
import { bodyOf, problemOf, wrongInputOf, type Value } from '../support/transformInput';

const MB = 1024 * 1024;
const urlOf = (length: number) =>
	`https://media.example/${'a'.repeat(length - 'https://media.example/'.length)}`;

/** A data URI that holds so many bytes, without the work of encoding them. */
const dataUriOf = (type: string, bytes: number) => {
	const padding = '='.repeat((3 - (bytes % 3)) % 3);
	return `data:${type};base64,${'A'.repeat(Math.ceil(bytes / 3) * 4 - padding.length)}${padding}`;
};

const IP = (host: string) => `has the IP address ${host} as its host, not a domain name`;

describe('the video is refused when it is', () => {
	it.each<[string, Value, string]>([
		['blank', '  ', 'is empty'],
		['no text', 7, 'is not a text'],
		['absent', undefined, 'is empty'],
		['a host without scheme', 'media.example/clip.mp4', 'is not a URL'],
		['a URL by http', 'http://media.example/clip.mp4', 'starts with http://, not https://'],
		['an address for mail', 'mailto:clip@media.example', 'starts with mailto:, not https://'],
		['a URL of an IPv4 host with a port', 'https://11.22.33.44:8443/clip.mp4', IP('11.22.33.44')],
		['a URL of an IPv4 host in one number', 'https://2130706433/clip.mp4', IP('127.0.0.1')],
		['a URL of an IPv6 host', 'https://[2001:db8::1]/clip.mp4', IP('[2001:db8::1]')],
		['a URL of 2049 characters', urlOf(2049), 'is 2049 characters long; at most 2048 are allowed'],
		['a data URI not in base64', 'data:video/mp4,abc', 'is a data URI without base64 content'],
		['an image', 'data:image/png;base64,YWJj', 'is a data URI of another type than video'],
		['a data URI without a type', 'data:;base64,YWJj', 'is a data URI of another type than video'],
		['a data URI without content', 'data:video/mp4;base64,', 'is a data URI without content'],
		[
			'a data URI of a byte over 16 MB',
			dataUriOf('video/mp4', 16 * MB + 1),
			'holds 16777217 bytes as a data URI; at most 16777216 are allowed',
		],
	])('%s', async (_what, videoUri, problem) => {
		expect(await problemOf({ videoUri })).toBe(`Video URL ${problem}`);
	});
});

it('the address of a page is refused, with a remedy of its own', async () => {
	const wrong = await wrongInputOf({ videoUri: 'https://www.youtube.com/watch?v=abc' });
	expect(wrong.message).toBe('Video URL is the address of a page on YouTube, not of a file');
	expect(wrong.remedy).toContain('address of the file itself');
	const references = [{ uri: 'https://www.instagram.com/p/abc' }];
	expect(await problemOf({ references })).toContain('a page on Instagram');
});

describe('the video is sent as it is when it is', () => {
	it.each<[string, string]>([
		['a signed URL', 'https://media.example/clip.mp4?X-Amz-Signature=ab%2Fcd&b=1#t=2'],
		['a URL in capitals', 'HTTPS://MEDIA.EXAMPLE/CLIP.MP4'],
		[
			'a URL of a host that only starts like an IP address',
			'https://11.22.33.44.nip.example/clip.mp4',
		],
		['a URL of 2048 characters', urlOf(2048)],
		['a data URI in capitals', 'DATA:VIDEO/MP4;BASE64,YWJj'],
		['a data URI longer than any URL', dataUriOf('video/mp4', 3_000)],
	])('%s', async (_what, videoUri) => {
		expect((await bodyOf({ videoUri })).videoUri).toBe(videoUri);
	});

	it('a data URI of just 16 MB', async () => {
		const videoUri = dataUriOf('video/mp4', 16 * MB);
		// Compared by hand: a failure must not print 22 MB.
		expect((await bodyOf({ videoUri })).videoUri === videoUri).toBe(true);
	});

	it('a URL, but for the blanks around it', async () => {
		expect((await bodyOf({ videoUri: ' https://media.example/clip.mp4\n' })).videoUri).toBe(
			'https://media.example/clip.mp4',
		);
	});
});

describe('a reference is refused, and named by its number, when its URI is', () => {
	const good = { uri: 'https://media.example/guide.png' };

	it.each<[string, string, string]>([
		['empty', '', 'is empty'],
		['a URL by http', 'http://media.example/a.png', 'starts with http://, not https://'],
		['a video', 'data:video/mp4;base64,YWJj', 'is a data URI of another type than image'],
		[
			'a data URI of a byte over 5 MB',
			dataUriOf('image/png', 5 * MB + 1),
			'holds 5242881 bytes as a data URI; at most 5242880 are allowed',
		],
	])('%s', async (_what, uri, problem) => {
		expect(await problemOf({ references: [good, { uri }] })).toBe(`Reference 2 ${problem}`);
	});
});

it('references are sent as they are, up to just 5 MB', async () => {
	const uris = ['https://media.example/guide.png', dataUriOf('image/png', 5 * MB)];
	const body = await bodyOf({ references: uris.map((uri) => ({ uri })) });
	const sent = z.array(z.object({ type: z.literal('image'), uri: z.string() }).strict());
	const references = sent.parse(body.references);
	// Compared by hand: a failure must not print 7 MB.
	expect(references.map(({ uri }, index) => uri === uris[index])).toEqual([true, true]);
});

it('a problem never repeats the content of a data URI', async () => {
	for (const uri of [
		'data:image/png;base64,c2VjcmV0',
		'data:video/mp4,c2VjcmV0',
		dataUriOf('video/mp4', 17 * MB),
	]) {
		const { message, remedy } = await wrongInputOf({ videoUri: uri });
		const text = message + remedy;
		expect(text).not.toContain('c2VjcmV0');
		expect(text.length).toBeLessThan(300);
	}
});
