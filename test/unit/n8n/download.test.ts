import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { downloadOutput } from '../../../nodes/shared/n8n/media/download';
import type { Reach } from '../../../nodes/shared/http/reach';
import { fake } from '../support/fake';

const MB = 1024 * 1024;
const URL_OF_OUTPUT = 'https://cdn.example.com/out/clip.MP4?_jwt=token';

interface Answer {
	statusCode?: number;
	headers?: Record<string, string>;
	body?: Readable;
	/** The client rejects instead. */
	error?: Error & { code?: string };
}

const chunks = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size)));
const video = (...sizes: number[]): Answer => ({
	headers: { 'content-length': String(sizes.reduce((a, b) => a + b, 0)) },
	body: chunks(...sizes),
});
const status = (statusCode: number, headers: Record<string, string> = {}): Answer => ({
	statusCode,
	headers,
	body: Readable.from([]),
});
const failure = (code: string): Answer => ({ error: Object.assign(new Error(code), { code }) });

/** Downloads from a host that answers in turn, in a world where a second of sleep takes one turn of the event loop. */
async function download(
	answers: Answer[],
	settings: { maxBytes?: number; stopAtMs?: number; reach?: Reach; url?: string } = {},
) {
	const asked: IHttpRequestOptions[] = [];
	let stored = 0;
	let now = 0;
	const clock = {
		now: () => now,
		random: () => 0,
		stopped: () => now >= (settings.stopAtMs ?? Number.POSITIVE_INFINITY),
		async sleep(ms: number) {
			await new Promise((resolve) => setImmediate(resolve));
			now += ms;
		},
	};
	const helpers = fake<IExecuteFunctions['helpers']>({
		async httpRequest(options) {
			asked.push(options);
			const {
				statusCode = 200,
				headers = {},
				body = chunks(),
				error,
			} = answers[Math.min(asked.length, answers.length) - 1];
			if (error) throw error;
			return { statusCode, headers, body };
		},
		async prepareBinaryData(content, fileName, mimeType) {
			stored = 0;
			for await (const chunk of content) stored += Buffer.byteLength(chunk);
			return { data: 'stored', fileName, mimeType: String(mimeType) };
		},
	});
	const context = fake<IExecuteFunctions>({ helpers });
	const end = await downloadOutput(
		{
			context,
			clock,
			reach: settings.reach ?? 'internet',
			maxBytes: settings.maxBytes ?? MB,
		},
		settings.url ?? URL_OF_OUTPUT,
		'task-1',
	);
	return { end, asked, stored, now };
}

it('stores the file under its name and type, and asks for it without a credential', async () => {
	const { end, asked, stored } = await download([
		{
			...video(10, 20),
			headers: { 'content-type': 'video/mp4; charset=x', 'content-length': '30' },
		},
	]);
	expect(end).toEqual({
		kind: 'stored',
		binary: { data: 'stored', fileName: 'task-1.mp4', mimeType: 'video/mp4' },
	});
	expect(stored).toBe(30);
	expect(Object.keys(asked[0])).toEqual([
		'url',
		'method',
		'headers',
		'encoding',
		'returnFullResponse',
		'ignoreHttpStatusErrors',
		'disableFollowRedirect',
		'timeout',
		'abortSignal',
	]);
});

it.each<[string, Answer, string, number]>([
	['401 as expired', status(401), 'expired', 1],
	['403 as expired', status(403), 'expired', 1],
	['404 as expired', status(404), 'expired', 1],
	['410 as expired', status(410), 'expired', 1],
	['400 as final', status(400), 'failed', 1],
	['an error of the host as passing', status(500), 'failed', 4],
	['a lost connection as passing', failure('ECONNRESET'), 'failed', 4],
	['a wrong certificate as final', failure('CERT_HAS_EXPIRED'), 'failed', 1],
])('takes %s', async (_what, answer, kind, attempts) => {
	const { end, asked } = await download([answer]);
	expect(end.kind).toBe(kind);
	expect(asked).toHaveLength(attempts);
});

describe('a transfer is begun anew', () => {
	it.each<[string, Answer]>([
		['ends too early', { headers: { 'content-length': '400' }, body: chunks(100, 200) }],
		[
			'breaks',
			{
				headers: { 'content-length': '40' },
				body: Readable.from(
					(function* () {
						yield Buffer.alloc(10);
						throw new Error('aborted');
					})(),
				),
			},
		],
	])('when it %s', async (_what, broken) => {
		const { end, asked, stored } = await download([broken, video(40)]);
		expect(end.kind).toBe('stored');
		expect(asked).toHaveLength(2);
		expect(stored).toBe(40);
	});

	it('when nothing comes for a minute', async () => {
		const silent = new Readable({ read() {} });
		silent.push(Buffer.alloc(10));
		const { end, asked, now } = await download([{ body: silent }, video(40)]);
		expect(end.kind).toBe('stored');
		expect(asked).toHaveLength(2);
		expect(silent.destroyed).toBe(true);
		expect(now).toBeGreaterThanOrEqual(60_000);
	});

	it('after the pause that Retry-After asks for', async () => {
		const { end, now } = await download([status(503, { 'retry-after': '7' }), video(40)]);
		expect(end.kind).toBe('stored');
		expect(now).toBeGreaterThanOrEqual(7_000);
	});
});

it('asks for the file as it is, and takes one that was unpacked on the way all the same', async () => {
	const { end, asked } = await download([
		{ headers: { 'content-length': '20' }, body: chunks(10, 20) },
	]);
	expect(end.kind).toBe('stored');
	expect(asked[0].headers).toEqual({ 'Accept-Encoding': 'identity' });
});

describe('what is no media file is not stored', () => {
	const text = (body: string, type?: string): Answer => ({
		headers: type === undefined ? {} : { 'content-type': type },
		body: Readable.from([Buffer.from(body)]),
	});

	it.each<[string, Answer, string]>([
		['a page', text('<p>Sign in', 'text/html; charset=utf-8'), 'text/html'],
		['JSON', text('{"error":"x"}', 'application/json'), 'application/json'],
		['an error in XML', text('<Error/>', 'application/xml'), 'application/xml'],
		['a page without a type', text(' <!DOCTYPE html><p>Sign in'), 'a text'],
		['JSON of a vague type', text('{"error": "x"}', 'application/octet-stream'), 'a text'],
		['nothing', { headers: { 'content-length': '0' }, body: Readable.from([]) }, 'empty'],
	])('%s', async (_what, answer, what) => {
		const { end, asked } = await download([answer]);
		expect(end).toEqual({ kind: 'noMedia', what });
		expect(asked).toHaveLength(1);
	});

	it('but a file of a vague type is', async () => {
		const { end } = await download([text('\0\0\0 ftypmp42', 'application/octet-stream')]);
		expect(end).toMatchObject({ kind: 'stored', binary: { mimeType: 'video/mp4' } });
	});
});

it.each<[string, Answer, string]>([
	['is announced', { headers: { 'content-length': '101' }, body: chunks(50, 51) }, 'tooLarge'],
	['comes unannounced', { body: chunks(50, 51) }, 'tooLarge'],
	[
		'comes under a smaller announcement',
		{ headers: { 'content-length': '60' }, body: chunks(50, 51) },
		'tooLarge',
	],
	['is just within it', { body: chunks(50, 50) }, 'stored'],
])('stops at the size limit when a file %s, once and for all', async (_what, answer, kind) => {
	const { end, asked } = await download([answer], { maxBytes: 100 });
	expect(end.kind).toBe(kind);
	expect(asked).toHaveLength(1);
	expect(answer.body?.destroyed).toBe(true);
});

describe('a redirect', () => {
	const to = (location: string, statusCode = 302) => status(statusCode, { location });
	const LONG_WAY = Array.from({ length: 9 }, (_, step) => to(`https://cdn.example.com/${step}`));

	it.each<[string, Answer[], object, string[]]>([
		[
			'is followed, step by step',
			[to('/b', 301), to('//other.example.com/c?d=e', 308), video(40)],
			{ kind: 'stored' },
			['https://cdn.example.com/b', 'https://other.example.com/c?d=e'],
		],
		[
			'into the private network is not',
			[to('https://a.example.com/'), to('http://169.254.169.254/latest/meta-data/')],
			{ kind: 'outOfReach', what: '169.254.169.254 (cloud metadata)' },
			['https://a.example.com/'],
		],
		[
			'to a file is not',
			[to('file:///etc/passwd')],
			{ kind: 'outOfReach', what: 'a file: address' },
			[],
		],
		['to nowhere is an error', [to('https://')], { kind: 'failed' }, []],
		['without an address is an error', [status(302)], { kind: 'failed' }, []],
		['to a page that was not changed is an error', [to('/b', 304)], { kind: 'failed' }, []],
		[
			'that leads on and on is given up',
			LONG_WAY,
			{ kind: 'failed', outcome: { kind: 'wrongAddress', statusCode: 302 } },
			[0, 1, 2, 3, 4].map((step) => `https://cdn.example.com/${step}`),
		],
	])('%s', async (_what, answers, expected, steps) => {
		const { end, asked } = await download(answers);
		expect(end).toMatchObject(expected);
		expect(asked.slice(1).map(({ url }) => url)).toEqual(steps);
		for (const { body } of answers.slice(0, asked.length)) expect(body?.destroyed).toBe(true);
	});
});

it.each<[Reach, string, number]>([
	['internet', 'outOfReach', 0],
	['everywhere', 'stored', 1],
])('a private address is asked for within the reach %s: %s', async (reach, kind, asks) => {
	const { end, asked } = await download([video(40)], { reach, url: 'http://[::ffff:a00:1]/a.mp4' });
	expect(end.kind).toBe(kind);
	expect(asked).toHaveLength(asks);
});

describe('Stop', () => {
	it('ends a transfer that stands still, and none follows', async () => {
		const silent = new Readable({ read() {} });
		const { end, asked } = await download([{ body: silent }, video(40)], { stopAtMs: 3_000 });
		expect(end.kind).toBe('failed');
		expect(asked).toHaveLength(1);
		expect(silent.destroyed).toBe(true);
	});

	it('ends the pause before another attempt', async () => {
		const { end, asked } = await download([status(500)], { stopAtMs: 500 });
		expect(end.kind).toBe('failed');
		expect(asked).toHaveLength(1);
	});
});
