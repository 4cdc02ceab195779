import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratioName } from '../../../nodes/CometApiRunway/fields/ratio';
import { findLimitProblem, type Limits } from '../../../nodes/CometApiRunway/models/limits';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';

test.each<[unknown, Limits, string | undefined]>([
	['16:9', {}, undefined],
	['16:9', { oneOf: ['16:9'] }, undefined],
	['9:16', { oneOf: ['16:9', '1:1'] }, 'is "9:16"; aleph9 takes 16:9, 1:1'],
	[
		'n',
		{ oneOf: [...'abcdefghijklm'] },
		'is "n"; aleph9 takes a, b, c, d, e, f, g, h, i, j, k, l, …',
	],
	['abc', { characters: 3 }, undefined],
	['ab🎬', { characters: 3 }, 'is 4 characters long; at most 3 are allowed'],
	[5, { from: 2, to: 10 }, undefined],
	[2, { from: 2, to: 10 }, undefined],
	[10, { from: 2, to: 10 }, undefined],
	[11, { from: 2, to: 10 }, 'is 11; aleph9 takes 2 to 10'],
	[1.9, { from: 2, to: 10 }, 'is 1.9; aleph9 takes 2 to 10'],
	[0, { from: 1 }, 'is 0; aleph9 takes 1 and more'],
	[6, { numbers: [4, 6, 8] }, undefined],
	[5, { numbers: [4, 6, 8] }, 'is 5; aleph9 takes 4, 6, 8'],
	['auto', { from: 1, or: 'auto' }, undefined],
	['long', { from: 1, or: 'auto' }, 'is "long", not a number'],
	['long', { from: 0, to: 100 }, 'is "long", not a number'],
	['long', { numbers: [4] }, 'is "long", not a number'],
	[[1, 2], { entries: 2 }, undefined],
	[[1, 2, 3], { entries: 2 }, 'has 3 entries; aleph9 takes at most 2'],
	[true, {}, undefined],
	[undefined, { oneOf: ['a'] }, undefined],
])('%j within %j: %j', (value, limits, problem) => {
	expect(findLimitProblem(value, limits, 'aleph9')).toBe(problem);
});

test.each([
	['1280:720', 'Landscape 16:9 (1280:720)'],
	['720:1280', 'Portrait 9:16 (720:1280)'],
	['1104:832', 'Landscape 4:3 (1104:832)'],
	['960:960', 'Square 1:1 (960:960)'],
	['1584:672', 'Landscape 21:9 (1584:672)'],
	['1408:176', 'Landscape (1408:176)'],
	['9:16', 'Portrait 9:16'],
	['auto_1k', 'auto_1k'],
])('the ratio %s is called "%s"', (ratio, name) => {
	expect(ratioName(ratio)).toBe(name);
});

/** Where the installed SDK of Runway has the models of a route. */
const SDK_FILES: Record<string, string> = {
	'video/transform': 'video-to-video',
	'video/generate': 'image-to-video',
	'video/upscale': 'video-upscale',
	'video/perform': 'character-performance',
	'image/generate': 'text-to-image',
};

test.each(Object.entries(SDK_FILES))(
	'%s has every model that the installed SDK knows (resources/%s)',
	(operation, file) => {
		const path = join(require.resolve('@runwayml/sdk'), `../resources/${file}.d.ts`);
		const found = readFileSync(path, 'utf8').matchAll(/^\s+model: '([^']+)';$/gm);
		const known = [...found].map(([, model]) => model);
		expect(known).not.toEqual([]);
		const { models } = ROUTES[operation];
		expect(known.filter((model) => !Object.hasOwn(models, model))).toEqual([]);
	},
);
