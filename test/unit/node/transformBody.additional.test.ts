import { bodyOf, LEAST_INPUT, problemOf, type Value } from '../support/transformInput';

describe('additional fields', () => {
	it.each<[string, Value]>([
		['absent', undefined],
		['null', null],
		['an empty text', ''],
		['an empty object', {}],
	])('add nothing when they are %s', async (_what, additionalFields) => {
		expect(await bodyOf({ additionalFields })).toStrictEqual(LEAST_INPUT);
	});

	const unknown = { targetAspectRatio: '16:9', keyframes: [{ at: 0.5, of: { a: null } }] };
	it.each<[string, Value]>([
		['JSON', JSON.stringify(unknown)],
		['an object', unknown],
	])('that are not known pass untouched, as %s', async (_what, additionalFields) => {
		expect(await bodyOf({ additionalFields })).toStrictEqual({ ...LEAST_INPUT, ...unknown });
	});

	it.each<[string, Value]>([
		['a text', '"16:9"'],
		['null', 'null'],
		['a list', '[{"seed": 7}]'],
		['a list that is no text', [{ seed: 7 }]],
		['a number that is no text', 7],
	])('are refused when they are %s', async (_what, additionalFields) => {
		expect(await problemOf({ additionalFields })).toBe('Additional Fields is not a JSON object');
	});

	it.each<[string, string]>([
		['half a JSON object', '{"seed": 7'],
		['blanks', '  '],
	])('are refused when they are %s', async (_what, additionalFields) => {
		expect(await problemOf({ additionalFields })).toMatch(
			/^Additional Fields is not valid JSON \(.+\)$/,
		);
	});

	it("are merged last, so that they win over the node's own fields", async () => {
		const additionalFields = {
			model: 'a model of tomorrow',
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

	it('may give a required field that is not set otherwise, and what the table does not know of', async () => {
		const additionalFields = { promptText: 'Snow', ratio: '16:9' };
		expect(await bodyOf({ promptText: '', ratio: '', additionalFields })).toStrictEqual({
			...LEAST_INPUT,
			...additionalFields,
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

	it('leave the prototype of objects as it was', async () => {
		const body = await bodyOf({ additionalFields: '{"__proto__": {"polluted": 1}}' });
		expect(Object.keys(body).sort()).toEqual(Object.keys(LEAST_INPUT).sort());
		expect(body).not.toHaveProperty('polluted');
		expect({}).not.toHaveProperty('polluted');
	});
});

describe('additional fields that are known are checked like any other', () => {
	it.each<[string, object, string]>([
		['a seed', { seed: null }, 'Seed is not a number'],
		['a model', { model: null }, 'Model is not a text'],
		['a reference without URI', { references: [{ type: 'image' }] }, 'Reference 1 is missing'],
		['references that are no list', { references: 'a' }, 'Reference is not a list'],
		['a reference that is no object', { references: ['a'] }, 'Reference 1 is not an object'],
		[
			'content moderation without a threshold',
			{ contentModeration: {} },
			'Public Figure Threshold is neither "auto" nor "low"',
		],
		[
			'content moderation that is no object',
			{ contentModeration: 'auto' },
			'Public Figure Threshold is not an object',
		],
	])('%s', async (_what, additionalFields, problem) => {
		expect(await problemOf({ additionalFields })).toBe(problem);
	});

	it('and a seed as text is sent as a number', async () => {
		expect((await bodyOf({ additionalFields: '{"seed": "7"}' })).seed).toBe(7);
	});
});
