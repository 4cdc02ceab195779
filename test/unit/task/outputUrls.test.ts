import {
	collectOutputUrls,
	isHttpUrl,
	parseUrlExpiry,
} from '../../../nodes/shared/task/outputUrls';

const CDN = 'https://cdn.example';

describe('an output URL is an absolute http(s) URL', () => {
	it.each<[string, unknown, boolean]>([
		['https', `${CDN}/a.mp4`, true],
		['http', 'http://cdn.example/a.mp4', true],
		['capitals in the scheme', 'HTTPS://cdn.example/a.mp4', true],
		['a signed URL', `${CDN}/a.mp4?_jwt=x.y.z&b=%20`, true],
		['a scheme without a host', 'https://', false],
		['a host without scheme', 'cdn.example/a.mp4', false],
		['another scheme', 'ftp://cdn.example/a.mp4', false],
		['a URL of another scheme that mentions one', `data:text/plain,${CDN}/a.mp4`, false],
		['a URL object', new URL(CDN), false],
	])('%s: %p is %p', (_what, value, expected) => {
		expect(isHttpUrl(value)).toBe(expected);
	});
});

describe('output URLs are collected', () => {
	it.each<[string, unknown[], string[]]>([
		['from a list', [[`${CDN}/1`, `${CDN}/2`]], [`${CDN}/1`, `${CDN}/2`]],
		[
			'from several places in their order',
			[undefined, [`${CDN}/1`], `${CDN}/2`],
			[`${CDN}/1`, `${CDN}/2`],
		],
		['once, however often they are named', [[`${CDN}/1`, ` ${CDN}/1\n`], `${CDN}/1`], [`${CDN}/1`]],
		['without the blanks around them', [[` ${CDN}/1\n`]], [`${CDN}/1`]],
		['past what is no URL', [['', null, 7, {}, 'no', `${CDN}/1`]], [`${CDN}/1`]],
		['but not out of lists in lists', [[[`${CDN}/1`]]], []],
	])('%s', (_how, candidates, expected) => {
		expect(collectOutputUrls(candidates)).toEqual(expected);
	});
});

/** A `_jwt` as Runway's URLs carry one; only the payload matters. */
const jwt = (payload: unknown) =>
	`eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2lnbmF0dXJl`;

const EXP = Date.parse('2026-03-14T12:00:00Z') / 1000;

describe('the expiry of a signed URL is read', () => {
	it.each<[string, string, string]>([
		[
			'from an exp among other claims',
			`_jwt=${jwt({ key: 'ä/ö', iat: 1, exp: EXP })}`,
			'2026-03-14T12:00:00.000Z',
		],
		[
			'from an exp written as text',
			`_jwt=${jwt({ exp: String(EXP) })}`,
			'2026-03-14T12:00:00.000Z',
		],
		[
			'from X-Amz-Date and X-Amz-Expires',
			'X-Amz-Date=20260313T120000Z&X-Amz-Expires=86400',
			'2026-03-14T12:00:00.000Z',
		],
		['from Expires', `Expires=${EXP}`, '2026-03-14T12:00:00.000Z'],
		[
			'from the _jwt rather than Expires',
			`Expires=1&_jwt=${jwt({ exp: EXP })}`,
			'2026-03-14T12:00:00.000Z',
		],
		[
			'from X-Amz rather than Expires',
			'Expires=1&X-Amz-Date=20260313T120000Z&X-Amz-Expires=86400',
			'2026-03-14T12:00:00.000Z',
		],
		[
			'from Expires when the _jwt is garbage',
			`_jwt=garbage&Expires=${EXP}`,
			'2026-03-14T12:00:00.000Z',
		],
	])('%s', (_how, query, expected) => {
		expect(parseUrlExpiry(`${CDN}/a.mp4?${query}`)).toBe(expected);
	});
});

describe('a URL says nothing about its expiry', () => {
	it.each<[string, string]>([
		['without a query', ''],
		['when the _jwt is empty', '_jwt='],
		['when the _jwt has no payload', '_jwt=header..signature'],
		['when the payload is no JSON', `_jwt=a.${Buffer.from('{exp').toString('base64url')}.c`],
		['when the payload is null', `_jwt=${jwt(null)}`],
		['when the payload has no exp', `_jwt=${jwt({ iat: EXP })}`],
		['when exp is a word', `_jwt=${jwt({ exp: 'tomorrow' })}`],
		['when exp is zero', `_jwt=${jwt({ exp: 0 })}`],
		['when exp is in milliseconds', `_jwt=${jwt({ exp: EXP * 1000 })}`],
		['when X-Amz-Date is missing', 'X-Amz-Expires=86400'],
		['when X-Amz-Date is beyond all dates', 'X-Amz-Date=99999999T999999Z&X-Amz-Expires=86400'],
		['when X-Amz-Expires is garbage', 'X-Amz-Date=20260313T120000Z&X-Amz-Expires=soon'],
		['when Expires is blank', 'Expires=%20'],
	])('%s', (_when, query) => {
		expect(parseUrlExpiry(`${CDN}/a.mp4?${query}`)).toBeUndefined();
	});
});
