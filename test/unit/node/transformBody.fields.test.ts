import { bodyOf, LEAST_INPUT, problemOf, REMEDY } from '../support/transformInput';

describe('what is not set is not sent', () => {
	it('so the least input makes the least body', async () => {
		expect(await bodyOf()).toStrictEqual(LEAST_INPUT);
	});

	it('nor what is set to nothing', async () => {
		const nothing = {
			seed: undefined,
			references: undefined,
			publicFigureThreshold: undefined,
			additionalFields: undefined,
		};
		expect(await bodyOf(nothing)).toStrictEqual(LEAST_INPUT);
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

describe('the prompt', () => {
	it.each<[string, unknown, string]>([
		['empty', '', 'is empty'],
		['blank', ' \n\t', 'is empty'],
		['of 1001 characters', 'a'.repeat(1001), 'is 1001 characters long; at most 1000 are allowed'],
		[
			'of 501 emoji, which count twice',
			'🎬'.repeat(501),
			'is 1002 characters long; at most 1000 are allowed',
		],
		[
			'of 999 characters and an emoji',
			`${'a'.repeat(999)}🎬`,
			'is 1001 characters long; at most 1000 are allowed',
		],
		[
			'of 1001 characters with the blanks around it',
			` ${'a'.repeat(999)} `,
			'is 1001 characters long; at most 1000 are allowed',
		],
		['a number', 7, 'is not a text'],
		['null', null, 'is not a text'],
		['absent', undefined, 'is missing'],
	])('is refused when it is %s', async (_what, promptText, problem) => {
		expect(await problemOf({ promptText })).toEqual({
			message: `Prompt ${problem}`,
			remedy: REMEDY.prompt,
		});
	});

	it.each<[string, string]>([
		['of one character', 'a'],
		['of 1000 characters', 'a'.repeat(1000)],
		['of 500 emoji', '🎬'.repeat(500)],
		['with blanks and lines', ' snow\nand "ice" '],
	])('is sent as it is when it is %s', async (_what, promptText) => {
		expect((await bodyOf({ promptText })).promptText).toBe(promptText);
	});
});

describe('the model', () => {
	it.each<[string, unknown, string]>([
		['empty', '', 'is empty'],
		['blank', ' ', 'is empty'],
		['a number', 4, 'is not a text'],
		['absent', undefined, 'is missing'],
	])('is refused when it is %s', async (_what, model, problem) => {
		expect(await problemOf({ model })).toEqual({
			message: `Model ${problem}`,
			remedy: REMEDY.model,
		});
	});

	it.each(['gen4_aleph', 'aleph2', 'a model of tomorrow'])('may be any id: %s', async (model) => {
		expect((await bodyOf({ model })).model).toBe(model);
	});

	it('is sent without the blanks around it', async () => {
		expect((await bodyOf({ model: ' aleph2 ' })).model).toBe('aleph2');
	});
});

describe('the ratio', () => {
	it.each([
		'1280:720',
		'720:1280',
		'1104:832',
		'960:960',
		'832:1104',
		'1584:672',
		'848:480',
		'640:480',
		'1920:1080',
		'16:9',
	])('may be %s', async (ratio) => {
		expect((await bodyOf({ ratio })).ratio).toBe(ratio);
	});

	it('is sent without the blanks around it', async () => {
		expect((await bodyOf({ ratio: ' 1280:720 ' })).ratio).toBe('1280:720');
	});

	it.each(['1280x720', '1280X720', '1280×720', '1280*720', '1280/720', '1280 x 720'])(
		'%s is told about the colon',
		async (ratio) => {
			expect(await problemOf({ ratio })).toEqual({
				message: `Ratio is "${ratio}": width and height are separated by a colon, as in "1280:720"`,
				remedy: REMEDY.ratio,
			});
		},
	);

	it.each<[unknown, string]>([
		['', 'is "", not width:height'],
		['1280', 'is "1280", not width:height'],
		['1280:', 'is "1280:", not width:height'],
		[':720', 'is ":720", not width:height'],
		['0:720', 'is "0:720", not width:height'],
		['1280:0', 'is "1280:0", not width:height'],
		['-1280:720', 'is "-1280:720", not width:height'],
		['1280.5:720', 'is "1280.5:720", not width:height'],
		['1280:720:1', 'is "1280:720:1", not width:height'],
		['1280:720p', 'is "1280:720p", not width:height'],
		['wide', 'is "wide", not width:height'],
		[1.78, 'is not a text'],
		[null, 'is not a text'],
		[undefined, 'is missing'],
	])('%p is refused', async (ratio, problem) => {
		expect(await problemOf({ ratio })).toEqual({
			message: `Ratio ${problem}`,
			remedy: REMEDY.ratio,
		});
	});
});

describe('the seed', () => {
	it.each<[unknown, number]>([
		[0, 0],
		[7, 7],
		[4_294_967_295, 4_294_967_295],
		['7', 7],
		[' 7 ', 7],
		['0', 0],
	])('%p is sent as the number %p', async (seed, expected) => {
		expect((await bodyOf({ seed })).seed).toBe(expected);
	});

	it.each<[unknown, string]>([
		[-1, 'is below 0'],
		['-1', 'is below 0'],
		[4_294_967_296, 'is above 4294967295'],
		['4294967296', 'is above 4294967295'],
		[1.5, 'is not a whole number'],
		['1.5', 'is not a whole number'],
		['seven', 'is not a number'],
		['', 'is not a number'],
		[' ', 'is not a number'],
		[null, 'is not a number'],
		[true, 'is not a number'],
		[Number.NaN, 'is not a number'],
		[[7], 'is not a number'],
	])('%p is refused', async (seed, problem) => {
		expect(await problemOf({ seed })).toEqual({ message: `Seed ${problem}`, remedy: REMEDY.seed });
	});
});

describe('the public figure threshold', () => {
	it.each(['auto', 'low'])('%s is sent as content moderation', async (publicFigureThreshold) => {
		expect((await bodyOf({ publicFigureThreshold })).contentModeration).toStrictEqual({
			publicFigureThreshold,
		});
	});

	it.each<[unknown]>([['high'], ['Auto'], [''], [null], [1]])(
		'%p is refused',
		async (publicFigureThreshold) => {
			expect(await problemOf({ publicFigureThreshold })).toEqual({
				message: 'Public Figure Threshold is neither "auto" nor "low"',
				remedy: REMEDY.threshold,
			});
		},
	);
});

it('the first problem is told, in the order of the fields', async () => {
	expect((await problemOf({ ratio: 'wide', promptText: '', seed: -1 })).message).toBe(
		'Prompt is empty',
	);
});
