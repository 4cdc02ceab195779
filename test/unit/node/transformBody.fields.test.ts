import {
	bodyOf,
	LEAST_INPUT,
	problemOf,
	wrongInputOf,
	type Filled,
	type Value,
} from '../support/transformInput';

describe('what is not set is not sent', () => {
	it('so the least input makes the least body', async () => {
		expect(await bodyOf()).toStrictEqual(LEAST_INPUT);
	});

	it('and what is set is, under the names of the API', async () => {
		const body = await bodyOf({
			seed: 7,
			references: [{ uri: 'https://media.example/guide.png' }],
			publicFigureThreshold: 'low',
			additionalFields: '{"targetAspectRatio": "16:9"}',
		});
		expect(body).toStrictEqual({
			...LEAST_INPUT,
			seed: 7,
			references: [{ type: 'image', uri: 'https://media.example/guide.png' }],
			contentModeration: { publicFigureThreshold: 'low' },
			targetAspectRatio: '16:9',
		});
	});
});

it.each<[Partial<Filled>, RegExp, RegExp]>([
	[{ videoUri: '' }, /^Video URL /, /https:\/\/.*Video Source/],
	[{ promptText: '' }, /^Prompt is empty/, /what the output should show/],
	[{ model: '' }, /^Model /, /from the list/],
	[{ ratio: 'wide' }, /^Aspect Ratio /, /1280:720/],
	[{ seed: -1 }, /^Seed .* takes 0 to 4294967295/, /remove the option/],
	[{ references: [{ uri: '' }] }, /^Reference 1 /, /https:\/\/.*remove/],
	[{ publicFigureThreshold: 'off' }, /^Public Figure Threshold /, /Auto or Low/],
	[{ additionalFields: '7' }, /^Additional Fields /, /one JSON object/],
])('%p is refused with the name of the field, and what to do', async (fields, name, advice) => {
	const { message, remedy } = await wrongInputOf(fields);
	expect(message).toMatch(name);
	expect(remedy).toMatch(advice);
});

describe('the prompt', () => {
	it.each<[string, Value, string]>([
		['blank', ' \n\t', 'is empty'],
		[
			'of 999 characters and an emoji, which counts twice',
			`${'a'.repeat(999)}🎬`,
			'is 1001 characters long; at most 1000 are allowed',
		],
		[
			'of 1001 characters with the blanks around it',
			` ${'a'.repeat(999)} `,
			'is 1001 characters long; at most 1000 are allowed',
		],
		['null', null, 'is not a text'],
		['absent', undefined, 'is empty'],
	])('is refused when it is %s', async (_what, promptText, problem) => {
		expect(await problemOf({ promptText })).toBe(`Prompt ${problem}`);
	});

	it.each<[string, string]>([
		['of 1000 characters', 'a'.repeat(1000)],
		['with blanks and lines', ' snow\nand "ice" '],
	])('is sent as it is when it is %s', async (_what, promptText) => {
		expect((await bodyOf({ promptText })).promptText).toBe(promptText);
	});
});

describe('the model', () => {
	it.each<[string, Value, string]>([
		['blank', ' ', 'is empty'],
		['a number', 4, 'is not a text'],
		['absent', undefined, 'is missing'],
	])('is refused when it is %s', async (_what, model, problem) => {
		expect(await problemOf({ model })).toBe(`Model ${problem}`);
	});

	it('may be any id, which is sent without the blanks around it', async () => {
		expect((await bodyOf({ model: ' a model of tomorrow ' })).model).toBe('a model of tomorrow');
	});
});

describe('the ratio', () => {
	it('may be any for a model that nobody knows, and is sent without the blanks around it', async () => {
		const body = await bodyOf({ model: 'a model of tomorrow', ratio: ' 16:9\n' });
		expect(body.ratio).toBe('16:9');
	});

	it.each(['1280x720', '1280X720', '1280×720', '1280*720', '1280/720', '1280 x 720'])(
		'%s is told about the colon',
		async (ratio) => {
			expect(await problemOf({ ratio })).toBe(
				`Aspect Ratio is "${ratio}": width and height are separated by a colon, as in "1280:720"`,
			);
		},
	);

	it.each<[Value, string]>([
		[
			'1280:800',
			'is "1280:800"; gen4_aleph takes 1280:720, 720:1280, 1104:832, 960:960, 832:1104, 1584:672, 848:480, 640:480',
		],
		[1.78, 'is not a text'],
	])('%p is refused', async (ratio, problem) => {
		expect(await problemOf({ ratio })).toBe(`Aspect Ratio ${problem}`);
	});

	it('is left to the model where it is empty', async () => {
		expect(await bodyOf({ ratio: '' })).not.toHaveProperty('ratio');
	});
});

describe('the seed', () => {
	it.each<[Value, number]>([
		[0, 0],
		[4_294_967_295, 4_294_967_295],
		[' 7 ', 7],
		['0', 0],
	])('%p is sent as the number %p', async (seed, expected) => {
		expect((await bodyOf({ seed })).seed).toBe(expected);
	});

	it.each<[Value, string]>([
		[-1, 'is -1; gen4_aleph takes 0 to 4294967295'],
		['4294967296', 'is 4294967296; gen4_aleph takes 0 to 4294967295'],
		[1.5, 'is not a whole number'],
		['seven', 'is not a number'],
		[' ', 'is not a number'],
		[null, 'is not a number'],
		[true, 'is not a number'],
	])('%p is refused', async (seed, problem) => {
		expect(await problemOf({ seed })).toBe(`Seed ${problem}`);
	});
});

describe('the public figure threshold', () => {
	it.each(['auto', 'low'])('%s is sent as content moderation', async (publicFigureThreshold) => {
		expect((await bodyOf({ publicFigureThreshold })).contentModeration).toStrictEqual({
			publicFigureThreshold,
		});
	});

	it.each<[Value]>([['high'], [''], [null]])('%p is refused', async (publicFigureThreshold) => {
		expect(await problemOf({ publicFigureThreshold })).toBe(
			'Public Figure Threshold is neither "auto" nor "low"',
		);
	});
});

describe('what the model takes', () => {
	it('has the name that the model has for it', async () => {
		expect(await bodyOf({ model: 'seedance2', ratio: '' })).toStrictEqual({
			model: 'seedance2',
			promptVideo: LEAST_INPUT.videoUri,
			promptText: LEAST_INPUT.promptText,
		});
	});

	it('is all that may be set: anything else is told, with the models that take it', async () => {
		const fields = {
			model: 'aleph2',
			ratio: '',
			references: [{ uri: 'https://media.example/a.png' }],
		};
		const { message, remedy } = await wrongInputOf(fields);
		expect(message).toBe('Reference is set, but the model aleph2 does not take it');
		expect(remedy).toBe(
			'Remove it, or choose a model that takes it: gen4_aleph, gemini_omni_flash, gemini_omni_flash_1.1, hailuo3, seedance2, seedance2_fast, seedance2_mini, seedance2_5.',
		);
	});

	it('tells the type of images only to the model that asks for it', async () => {
		const references = [{ uri: 'https://media.example/a.png' }];
		const { references: sent } = await bodyOf({
			model: 'gemini_omni_flash',
			ratio: '',
			references,
		});
		expect(sent).toStrictEqual(references);
	});
});

it('the first problem is told, in the order of the fields', async () => {
	expect(await problemOf({ ratio: 'wide', promptText: '', seed: -1 })).toBe('Prompt is empty');
});
