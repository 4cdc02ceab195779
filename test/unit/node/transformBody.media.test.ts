import { bodyOf, problemOf, REMEDY } from '../support/transformInput';

const MB = 1024 * 1024;
const urlOf = (length: number) =>
	`https://media.example/${'a'.repeat(length - 'https://media.example/'.length)}`;

/** A data URI that holds so many bytes, without the work of encoding them. */
const dataUriOf = (type: string, bytes: number) => {
	const padding = '='.repeat((3 - (bytes % 3)) % 3);
	return `data:${type};base64,${'A'.repeat(Math.ceil(bytes / 3) * 4 - padding.length)}${padding}`;
};

/** What is wrong with a source, whether of the video or of a reference. */
const WRONG_ANYWHERE: Array<[string, unknown, string]> = [
	['empty', '', 'is empty'],
	['blank', '  ', 'is empty'],
	['no text', 7, 'is not a text'],
	['null', null, 'is not a text'],
	['absent', undefined, 'is missing'],
	['no URL', 'clip.mp4', 'is not a URL'],
	['a host without scheme', 'media.example/clip.mp4', 'is not a URL'],
	['a URL by http', 'http://media.example/clip.mp4', 'starts with http://, not https://'],
	['a URL by ftp', 'ftp://media.example/clip.mp4', 'starts with ftp://, not https://'],
	[
		'a URL of an IPv4 host',
		'https://11.22.33.44/clip.mp4',
		'has the IP address 11.22.33.44 as its host, not a domain name',
	],
	[
		'a URL of an IPv4 host with a port',
		'https://11.22.33.44:8443/clip.mp4',
		'has the IP address 11.22.33.44 as its host, not a domain name',
	],
	[
		'a URL of an IPv4 host in one number',
		'https://2130706433/clip.mp4',
		'has the IP address 127.0.0.1 as its host, not a domain name',
	],
	[
		'a URL of an IPv6 host',
		'https://[2001:db8::1]/clip.mp4',
		'has the IP address [2001:db8::1] as its host, not a domain name',
	],
	['a URL of 2049 characters', urlOf(2049), 'is 2049 characters long; at most 2048 are allowed'],
	['a data URI not in base64', 'data:video/mp4,abc', 'is a data URI without base64 content'],
	[
		'a data URI cut off before its content',
		'data:video/mp4;base64',
		'is a data URI without base64 content',
	],
	['an address for mail', 'mailto:clip@media.example', 'starts with mailto:, not https://'],
];

describe('the video is refused when it is', () => {
	it.each<[string, unknown, string]>([
		...WRONG_ANYWHERE,
		[
			'an image as data URI',
			'data:image/png;base64,YWJj',
			'is a data URI of another type than video',
		],
		['a data URI without a type', 'data:;base64,YWJj', 'is a data URI of another type than video'],
		['a data URI without content', 'data:video/mp4;base64,', 'is a data URI without content'],
		[
			'a data URI of a byte over 16 MB',
			dataUriOf('video/mp4', 16 * MB + 1),
			'holds 16777217 bytes as a data URI; at most 16777216 are allowed',
		],
	])('%s', async (_what, videoUri, problem) => {
		expect(await problemOf({ videoUri })).toEqual({
			message: `Video URL ${problem}`,
			remedy: REMEDY.video,
		});
	});
});

describe('the video is sent as it is when it is', () => {
	it.each<[string, string]>([
		['a URL', 'https://media.example/clip.mp4'],
		['a signed URL', 'https://media.example/clip.mp4?X-Amz-Signature=ab%2Fcd&b=1#t=2'],
		['a URL in capitals', 'HTTPS://MEDIA.EXAMPLE/CLIP.MP4'],
		['a URL with a port', 'https://media.example:8443/clip.mp4'],
		[
			'a URL of a host that only starts like an IP address',
			'https://11.22.33.44.nip.example/clip.mp4',
		],
		['a URL of 2048 characters', urlOf(2048)],
		['a data URI', 'data:video/mp4;base64,YWJj'],
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

const image = (uri: unknown) => ({ type: 'image' as const, uri });
const GOOD = image('https://media.example/guide.png');

describe('a reference is refused, and named by its number, when its URI is', () => {
	it.each<[string, unknown, string]>([
		...WRONG_ANYWHERE,
		[
			'a video as data URI',
			'data:video/mp4;base64,YWJj',
			'is a data URI of another type than image',
		],
		[
			'a data URI of a byte over 5 MB',
			dataUriOf('image/png', 5 * MB + 1),
			'holds 5242881 bytes as a data URI; at most 5242880 are allowed',
		],
	])('%s', async (_what, uri, problem) => {
		const { reference: remedy } = REMEDY;
		expect(await problemOf({ additionalFields: { references: [image(uri)] } })).toEqual({
			message: `Reference 1 ${problem}`,
			remedy,
		});
		expect(await problemOf({ additionalFields: { references: [GOOD, image(uri)] } })).toEqual({
			message: `Reference 2 ${problem}`,
			remedy,
		});
	});
});

describe('references are sent as they are', () => {
	it.each<[string, Array<ReturnType<typeof image>>]>([
		['one', [GOOD]],
		['several', [GOOD, image('https://media.example/other.png')]],
		['one as data URI', [image('data:image/png;base64,YWJj')]],
		['one of just 5 MB', [image(dataUriOf('image/png', 5 * MB))]],
	])('%s', async (_what, references) => {
		expect((await bodyOf({ references })).references).toStrictEqual(references);
	});
});

it('a problem never repeats the content of a data URI', async () => {
	for (const uri of [
		'data:image/png;base64,c2VjcmV0',
		'data:video/mp4,c2VjcmV0',
		dataUriOf('video/mp4', 17 * MB),
	]) {
		const text = JSON.stringify(await problemOf({ videoUri: uri }));
		expect(text).not.toContain('c2VjcmV0');
		expect(text.length).toBeLessThan(300);
	}
});
