import { bodyOf, LEAST_INPUT, problemOf, REMEDY } from '../support/transformInput';

describe('additional fields', () => {
	it.each<[string, unknown]>([
		['absent', undefined],
		['null', null],
		['an empty text', ''],
		['an empty object', {}],
		['an empty object as text', '{}'],
	])('add nothing when they are %s', async (_what, additionalFields) => {
		expect(await bodyOf({ additionalFields })).toStrictEqual(LEAST_INPUT);
	});

	it.each<[string, unknown]>([
		[
			'JSON',
			'{"targetAspectRatio": "16:9", "keyframes": [{"at": 0.5, "of": {"a": null}}], "duration": 10}',
		],
		[
			'an object',
			{ targetAspectRatio: '16:9', keyframes: [{ at: 0.5, of: { a: null } }], duration: 10 },
		],
	])('that are not known pass untouched, as %s', async (_what, additionalFields) => {
		expect(await bodyOf({ additionalFields })).toStrictEqual({
			...LEAST_INPUT,
			targetAspectRatio: '16:9',
			keyframes: [{ at: 0.5, of: { a: null } }],
			duration: 10,
		});
	});

	it.each<[string, string]>([
		['a text', '"16:9"'],
		['a number', '7'],
		['null', 'null'],
		['true', 'true'],
		['a list', '[{"seed": 7}]'],
	])('are refused when their JSON is %s', async (_what, additionalFields) => {
		const expected = {
			message: 'Additional Fields is not a JSON object',
			remedy: REMEDY.additional,
		};
		expect(await problemOf({ additionalFields })).toEqual(expected);
		if (additionalFields !== 'null')
			expect(await problemOf({ additionalFields: JSON.parse(additionalFields) })).toMatchObject({
				message: expect.stringMatching(/^Additional Fields is not /),
			});
	});

	it.each<[string, string]>([
		['half a JSON object', '{"seed": 7'],
		['words', 'seed = 7'],
		['an object in single quotes', "{'seed': 7}"],
		['blanks', '  '],
	])('are refused when they are %s', async (_what, additionalFields) => {
		const { message, remedy } = await problemOf({ additionalFields });
		expect(remedy).toBe(REMEDY.additional);
		expect(message).toMatch(/^Additional Fields is not valid JSON \(.+\)$/);
	});

	it('are refused as a list that is no text', async () => {
		expect(await problemOf({ additionalFields: [{ seed: 7 }] })).toEqual({
			message: 'Additional Fields is not a JSON object',
			remedy: REMEDY.additional,
		});
	});

	it("are merged last, so that they win over the node's own fields", async () => {
		const additionalFields = {
			model: 'aleph2',
			seed: 8,
			contentModeration: { publicFigureThreshold: 'low' },
		};
		expect(
			await bodyOf({ seed: 7, publicFigureThreshold: 'auto', additionalFields }),
		).toStrictEqual({
			...LEAST_INPUT,
			...additionalFields,
		});
	});

	it('may give a required field that is not set otherwise', async () => {
		expect(await bodyOf({ ratio: undefined, additionalFields: { ratio: '16:9' } })).toStrictEqual({
			...LEAST_INPUT,
			ratio: '16:9',
		});
	});

	it('may add to the objects of fields that are known', async () => {
		const additionalFields = {
			references: [{ type: 'image', uri: 'https://media.example/a.png', tag: 'face' }],
			contentModeration: { publicFigureThreshold: 'low', strict: true },
		};
		expect(await bodyOf({ additionalFields })).toStrictEqual({
			...LEAST_INPUT,
			...additionalFields,
		});
	});
});

describe('additional fields that are known are checked like any other', () => {
	it.each<[string, object, string, string, string]>([
		['a seed', { seed: -1 }, 'Seed', 'is below 0', REMEDY.seed],
		['a seed of null', { seed: null }, 'Seed', 'is not a number', REMEDY.seed],
		['a prompt', { promptText: ' ' }, 'Prompt', 'is empty', REMEDY.prompt],
		[
			'a ratio',
			{ ratio: '16:9 or so' },
			'Ratio',
			'is "16:9 or so", not width:height',
			REMEDY.ratio,
		],
		['a model', { model: null }, 'Model', 'is not a text', REMEDY.model],
		[
			'a video',
			{ videoUri: 'http://a.example/b' },
			'Video URL',
			'starts with http://, not https://',
			REMEDY.video,
		],
		[
			'a reference without URI',
			{ references: [{ type: 'image' }] },
			'Reference 1',
			'is missing',
			REMEDY.reference,
		],
		[
			'a second reference',
			{ references: [{ uri: 'https://a.example/b' }, { uri: 'http://a.example/b' }] },
			'Reference 2',
			'starts with http://, not https://',
			REMEDY.reference,
		],
		[
			'content moderation',
			{ contentModeration: { publicFigureThreshold: 'off' } },
			'Public Figure Threshold',
			'is neither "auto" nor "low"',
			REMEDY.threshold,
		],
		[
			'content moderation without a threshold',
			{ contentModeration: {} },
			'Public Figure Threshold',
			'is neither "auto" nor "low"',
			REMEDY.threshold,
		],
	])('%s', async (_what, additionalFields, field, problem, remedy) => {
		expect(await problemOf({ additionalFields })).toEqual({
			message: `${field} ${problem}`,
			remedy,
		});
		expect(await problemOf({ additionalFields: JSON.stringify(additionalFields) })).toEqual({
			message: `${field} ${problem}`,
			remedy,
		});
	});

	it('and a seed as text is sent as a number', async () => {
		expect((await bodyOf({ additionalFields: '{"seed": "7"}' })).seed).toBe(7);
	});

	it.each<[string, object, string, string]>([
		[
			'references that are no list',
			{ references: 'https://a.example/b' },
			'Reference',
			'is not a list',
		],
		[
			'a reference that is no object',
			{ references: ['https://a.example/b'] },
			'Reference 1',
			'is not an object',
		],
		[
			'content moderation that is no object',
			{ contentModeration: 'auto' },
			'Public Figure Threshold',
			'is not an object',
		],
	])('and so is the shape of %s', async (_what, additionalFields, field, problem) => {
		expect(await problemOf({ additionalFields })).toMatchObject({ message: `${field} ${problem}` });
	});
});

it('additional fields leave the prototype of objects as it was', async () => {
	const body = await bodyOf({ additionalFields: '{"__proto__": {"polluted": 1}}' });
	expect(Object.keys(body).sort()).toEqual(Object.keys(LEAST_INPUT).sort());
	expect((body as { polluted?: number }).polluted).toBeUndefined();
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
