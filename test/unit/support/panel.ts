import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';

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

/** The properties that the panel shows for a model, those in *Options* too, if all that depends on another option is shown. */
export function shown(operation: string, model: unknown): INodeProperties[] {
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

/** The labels of all fields of the body that the panel shows for a model. */
export const labelsShown = (operation: string, model: unknown): string[] =>
	shown(operation, model)
		.filter(({ name }) => !BESIDE.has(name) && !OPTIONS_OF_EVERY_CREATE.has(name))
		.map(({ displayName }) => displayName);

/** The labels of the fields that the panel shows for a model, by the key of the body that they become. */
export function fieldsShown(operation: string, model: unknown): Map<string, string> {
	const fields = new Map<string, string>();
	for (const { name, displayName } of shown(operation, model)) {
		if (BESIDE.has(name) || OPTIONS_OF_EVERY_CREATE.has(name)) continue;
		const key = KEYS[name] ?? name;
		if (!fields.has(key)) fields.set(key, displayName);
	}
	return fields;
}
