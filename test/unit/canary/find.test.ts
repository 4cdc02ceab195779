import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import { findInFolder } from '../../../tools/canary/files';
import { findIn, findInObject } from '../../../tools/canary/find';
import { canaryFilm, secretOf } from '../../../tools/canary/secrets';

const FILM = canaryFilm();
const base64After = (bytes: number, text = DEFAULT_API_KEY) =>
	Buffer.from('x'.repeat(bytes) + text + ' and more').toString('base64');
const whats = (findings: Array<{ what: string }>) => findings.map(({ what }) => what);

describe('a text or bytes', () => {
	test.each([
		['the key', `Bearer ${DEFAULT_API_KEY}`],
		['the key in base64', base64After(0)],
		['the key in base64, after 1 byte', base64After(1)],
		['the key in base64, after 2 bytes', base64After(2)],
		['the key in base64url', Buffer.from(`user:${DEFAULT_API_KEY}`).toString('base64url')],
		['the key in hexadecimal', Buffer.from(DEFAULT_API_KEY).toString('hex')],
		['the key in the JSON of a Buffer', JSON.stringify(Buffer.from(`Bearer ${DEFAULT_API_KEY}`))],
		['the key in a URL', `https://example.com/?key=${encodeURIComponent(DEFAULT_API_KEY)}`],
	])('is found to hold %s', (_, content) => {
		expect(whats(findIn(content))[0]).toMatch(/^the API key/);
		expect(whats(findIn(Buffer.from(content)))[0]).toMatch(/^the API key/);
	});

	test.each([
		['as it is', FILM],
		['as some piece of a data URI', FILM.toString('base64').slice(3_333, 3_433)],
		['URL-encoded', encodeURIComponent(FILM.toString('latin1'))],
	])('is found to hold the source video %s', (_, content) => {
		expect(whats(findIn(content))[0]).toMatch(/^the source video/);
	});

	test.each([
		'',
		'sk-simulator',
		DEFAULT_API_KEY.slice(0, -1),
		Buffer.from('sk-wrong').toString('base64'),
		'data:video/mp4;base64,AAAA',
	])('is found to hold nothing: "%s"', (content) => expect(findIn(content)).toEqual([]));

	test('has secrets with odd characters URL-encoded, and in both alphabets of base64', () => {
		const odd = secretOf('odd', 'a+b/c=d e?>~>?');
		const encoded = Buffer.from('a+b/c=d e?>~>?').toString('base64url');
		expect(whats(findIn('?x=a%2Bb%2Fc%3Dd%20e%3F%3E~%3E%3F', [odd]))).toEqual([
			'odd (URL-encoded)',
		]);
		expect(encoded).toMatch(/[-_]/);
		expect(whats(findIn(encoded, [odd]))).toEqual(['odd (base64url (0 bytes before))']);
	});
});

describe('an object', () => {
	test.each([
		['deep inside', { a: [{ b: { c: `Bearer ${DEFAULT_API_KEY}` } }] }, '.a.0.b.c'],
		["in a property's name", { headers: { [DEFAULT_API_KEY]: 1 } }, `.headers, a property's name`],
		['in a Buffer', { body: Buffer.from(`{"key":"${DEFAULT_API_KEY}"}`) }, '.body'],
		[
			'in the cause of an error',
			{ error: new Error('no', { cause: { config: { auth: DEFAULT_API_KEY } } }) },
			'.error.cause.config.auth',
		],
		['in a Map', { map: new Map([['key', DEFAULT_API_KEY]]) }, '.map.entries.0.1'],
		['under a symbol', { [Symbol('request')]: { key: DEFAULT_API_KEY } }, '.Symbol(request).key'],
	])('is found to hold the key %s', (_, object, path) => {
		expect(findInObject(object)).toContainEqual({ what: 'the API key (plain)', path });
	});

	test('may hold the source video in a binary field, and nowhere else, and never the key', () => {
		const data = FILM.toString('base64');
		expect(findInObject([{ json: {}, binary: { data: { data, mimeType: 'video/mp4' } } }])).toEqual(
			[],
		);
		expect(findInObject([{ json: { binary: { video: { data } } } }])).not.toEqual([]);
		expect(findInObject([{ json: { data, mimeType: 'video/mp4' } }])).not.toEqual([]);
		expect(
			findInObject([{ binary: { data: { data: base64After(0), mimeType: 'text/plain' } } }]),
		).not.toEqual([]);
	});
});

describe('a folder', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'canary-'))));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test('is searched to its depth, across the pieces that files are read in', () => {
		const deep = join(folder, 'a', 'b');
		mkdirSync(deep, { recursive: true });
		const border = 8 * 1024 * 1024;
		writeFileSync(
			join(deep, 'large'),
			Buffer.concat([
				Buffer.alloc(border - 10),
				Buffer.from(DEFAULT_API_KEY),
				Buffer.alloc(border),
			]),
		);
		expect(findInFolder(folder)).toEqual([
			{ what: 'the API key (plain)', path: join(deep, 'large') },
		]);
	});

	test.each([
		['files', FILM, 0],
		['storage/binary_data', FILM, 0],
		['storage', FILM, 1],
		['storage/binary_data', FILM.toString('base64'), 3],
		['files', DEFAULT_API_KEY, 1],
	])(
		'may hold a source video in %s, though not as text, and no key (%#)',
		(below, content, count) => {
			const place = join(folder, below);
			mkdirSync(place, { recursive: true });
			writeFileSync(join(place, 'file'), content);
			expect(findInFolder(folder)).toHaveLength(count);
		},
	);

	test('has the rows of SQLite databases searched, which the file holds in pages', () => {
		const path = join(folder, 'database.sqlite');
		const database = new DatabaseSync(path);
		database.exec('CREATE TABLE execution_data (id INTEGER, data TEXT, raw BLOB)');
		const insert = database.prepare('INSERT INTO execution_data VALUES (?, ?, ?)');
		for (let length = 4_000; length < 4_100; length++)
			insert.run(length, 'x'.repeat(length) + DEFAULT_API_KEY, Buffer.from(base64After(1)));
		database.close();
		const found = findInFolder(folder);
		expect(found).toContainEqual({
			what: 'the API key (plain)',
			path: `${path}: execution_data.data`,
		});
		expect(found).toContainEqual({
			what: 'the API key (base64 (1 bytes before))',
			path: `${path}: execution_data.raw`,
		});
	});
});
