import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IBinaryKeyData, IExecuteSingleFunctions } from 'n8n-workflow';
import type { Limits } from '../../../nodes/CometApiRunway/models/limits';
import { readBinary } from '../../../nodes/CometApiRunway/submit/sources';
import { WrongInput } from '../../../nodes/shared/n8n/errors';
import { fake } from '../support/fake';

/** The beginning of a clip that lasts so many ms. */
function clip(ms: number): Buffer {
	const boxes = Buffer.from(
		'000000106674797069736f6d000000000000002c6d6f6f76000000246d766864'.padEnd(120, '0'),
		'hex',
	);
	boxes.writeUInt32BE(1_000, 44);
	boxes.writeUInt32BE(ms, 48);
	return boxes;
}
const CLIP = clip(10_000);
const FILM = readFileSync(join(__dirname, '../../../examples/media/source.mp4'));

/** Reads the field "data" of an item; gives what is wrong with it, and the remedy. */
async function read(fields: Record<string, Buffer>, limits?: Limits, type = 'video/mp4') {
	const binary: IBinaryKeyData = Object.fromEntries(
		Object.keys(fields).map((name) => [name, { data: '', mimeType: type }]),
	);
	const context = fake<IExecuteSingleFunctions>({
		getInputData: () => ({ json: {}, ...(Object.keys(fields).length > 0 && { binary }) }),
		helpers: fake<IExecuteSingleFunctions['helpers']>({
			assertBinaryData(name) {
				if (typeof name === 'string' && binary[name]) return binary[name];
				throw new Error('not there');
			},
			getBinaryDataBuffer: async (name) => fields[String(name)],
		}),
	});
	try {
		await readBinary(context, 'data', 'video', 'Input Binary Field', limits);
		return undefined;
	} catch (error) {
		if (!(error instanceof WrongInput)) throw error;
		return { problem: error.message, remedy: error.remedy };
	}
}

test.each<[string, Record<string, Buffer>, string]>([
	['says which fields there are', { clip: CLIP, image: CLIP }, 'but the item has: clip, image'],
	['says that there are none', {}, 'but the item has no binary data at all'],
])('a missing field: the error %s', async (_what, fields, expected) => {
	expect((await read(fields))?.problem).toBe(`Input Binary Field names "data", ${expected}`);
});

test.each<[string, Buffer, Limits | undefined, string | undefined]>([
	[
		'a clip that is too long',
		CLIP,
		{ seconds: { most: 5 } },
		'lasts 10 s; at most 5 s are taken by this model',
	],
	[
		'a clip that is too short',
		CLIP,
		{ seconds: { least: 11.5, most: 30 } },
		'lasts 10 s; at least 11.5 s are needed by this model',
	],
	['one that just fits', CLIP, { seconds: { least: 10, most: 10 } }, undefined],
	['one over by what a tenth does not show', clip(10_040), { seconds: { most: 10 } }, undefined],
	[
		'one over by a tenth',
		clip(10_060),
		{ seconds: { most: 10 } },
		'lasts 10.1 s; at most 10 s are taken by this model',
	],
	['one without limits', CLIP, undefined, undefined],
	['one without a limit of its length', CLIP, {}, undefined],
	['one of which nothing can be read', Buffer.alloc(500), { seconds: { most: 1 } }, undefined],
])('%s', async (_what, content, limits, problem) => {
	const wrong = await read({ data: content }, limits);
	expect(wrong?.problem).toBe(problem && `Input Binary Field names "data", which ${problem}`);
	if (problem) expect(wrong?.remedy).toContain('Cut the video');
});

test('the length of a real film is read', async () => {
	const wrong = await read({ data: FILM }, { seconds: { most: 0.5 } });
	expect(wrong?.problem).toMatch(
		/which lasts \d+(\.\d)? s; at most 0\.5 s are taken by this model$/,
	);
});
