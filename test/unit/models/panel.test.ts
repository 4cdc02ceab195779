import { NodeHelpers } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { modelOf } from '../../../nodes/CometApiRunway/models/limits';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import { fieldsShown, shown } from '../support/panel';

/** The keys of the body that the panel shows a field for. */
const keysShown = (operation: string, model: unknown) =>
	[...fieldsShown(operation, model).keys()].sort();

const cases = Object.entries(ROUTES).flatMap(([operation, { models }]) =>
	Object.keys(models).map((model): [string, string] => [operation, model]),
);

test.each(cases)('%s shows for %s what that model takes, and each field once', (operation, id) => {
	const takes = Object.keys(modelOf(ROUTES[operation].models, id)?.takes ?? {});
	const expected = takes.map((key) => (key === 'promptVideo' ? 'videoUri' : key));
	expect(keysShown(operation, id)).toEqual([...new Set(expected)].sort());
	const names = shown(operation, id).map(({ name }) => name);
	expect(names).toEqual([...new Set(names)]);
});

/** What is shown for a model that the table does not know. */
const COMMON: Record<string, string[]> = {
	'video/transform': ['contentModeration', 'promptText', 'ratio', 'references', 'seed', 'videoUri'],
	'video/generate': ['contentModeration', 'duration', 'promptImage', 'promptText', 'ratio', 'seed'],
	'video/upscale': ['videoUri'],
	'video/perform': [
		'bodyControl',
		'character',
		'contentModeration',
		'expressionIntensity',
		'ratio',
		'reference',
		'seed',
	],
	'image/generate': ['contentModeration', 'promptText', 'ratio', 'referenceImages', 'seed'],
};

/** Ids that no table has: what is left of known ids and what goes beyond them, too. */
const STRANGERS = [
	'a model of tomorrow',
	'constructor',
	'={{ $json.model }}',
	'zzz',
	...new Set(
		Object.values(ROUTES).flatMap(({ models }) =>
			Object.keys(models).flatMap((id) => [`${id}9`, `${id}_x`, id.slice(0, -1)]),
		),
	),
].filter((id) => Object.values(ROUTES).every(({ models }) => modelOf(models, id) === undefined));

describe.each(Object.keys(ROUTES))('%s', (operation) => {
	test.each(STRANGERS)(
		'shows for the model "%s" the common fields, each once, and sends none that is not filled in',
		(model) => {
			expect(keysShown(operation, model)).toEqual(COMMON[operation]);
			const properties = shown(operation, model);
			const names = properties.map(({ name }) => name);
			expect(names).toEqual([...new Set(names)]);
			const { default: ratio = '' } = properties.find(({ name }) => name === 'ratio') ?? {};
			expect(ratio).toBe('');
		},
	);
});

test('what is filled in stays when another model is chosen, but for what that does not take', () => {
	const { description } = new CometApiRunway();
	const model = (value: string) => ({ __rl: true, mode: 'list', value });
	const filledIn = {
		resource: 'video',
		operation: 'transform',
		videoSource: 'url',
		videoUrl: 'https://media.example/clip.mp4',
		promptText: 'Make it snow',
		model: model('aleph2'),
		ratio: '960:960',
		references: { reference: [{ url: 'https://media.example/a.png' }] },
		options: { seed: 7 },
	};
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		filledIn,
		false,
		false,
		null,
		description,
	);
	expect(kept).toMatchObject({
		videoUrl: filledIn.videoUrl,
		promptText: 'Make it snow',
		model: filledIn.model,
		options: { seed: 7 },
	});
	expect(kept).not.toHaveProperty('ratio');
	expect(kept).not.toHaveProperty('references');
});

test('no field is shown by a pattern, which n8n runs against a clock', () => {
	expect(JSON.stringify(new CometApiRunway().description.properties)).not.toContain('"regex"');
});
