import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { modelOf } from '../../../nodes/CometApiRunway/models/limits';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';

const { description } = new CometApiRunway();

/** Fields that are not called like the key of the body that they become. */
const KEYS: Record<string, string> = {
	videoUrl: 'videoUri',
	imageUrl: 'promptImage',
	lastImage: 'promptImage',
	characterUrl: 'character',
	performanceUrl: 'reference',
	publicFigureThreshold: 'contentModeration',
};

/** Fields of every create that are no part of its body. */
const BESIDE = new Set([
	'resource',
	'operation',
	'model',
	'options',
	'returnAs',
	'videoSource',
	'imageSource',
	'characterType',
	'characterSource',
	'performanceSource',
	'requestOptions',
]);

/** The properties that the panel shows, those in *Options* too, if all that depends on another option is shown. */
function shown(operation: string, model: unknown): INodeProperties[] {
	const [resource, name] = operation.split('/');
	const values = {
		resource,
		operation: name,
		model: { __rl: true, mode: 'id', value: model },
		videoSource: 'url',
		imageSource: 'url',
		characterType: 'image',
		characterSource: 'url',
		performanceSource: 'url',
		returnAs: 'task',
	} as INodeParameters;
	const displays = (property: INodeProperties, parameters: INodeParameters) =>
		NodeHelpers.displayParameter(parameters, property, null, description, values);
	const main = description.properties.filter((property) => displays(property, values));
	const options = main.find((property) => property.name === 'options')?.options ?? [];
	const format = { outputFormat: 'prores' };
	return [
		...main,
		...(options as INodeProperties[]).filter((property) => displays(property, format)),
	];
}

const OPTIONS_OF_EVERY_CREATE = new Set([
	'additionalFields',
	'maxConcurrency',
	'retryUncertain',
	'runwayVersion',
]);

/** The keys of the body that the panel shows a field for. */
function keysShown(operation: string, model: unknown): string[] {
	const names = shown(operation, model)
		.map(({ name }) => name)
		.filter((name) => !BESIDE.has(name) && !OPTIONS_OF_EVERY_CREATE.has(name));
	return [...new Set(names.map((name) => KEYS[name] ?? name))].sort();
}

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

describe.each(Object.keys(ROUTES))('%s', (operation) => {
	test.each(['a model of tomorrow', 'constructor', '={{ $json.model }}'])(
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
