import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { transformBody } from '../../../nodes/CometApiRunway/resources/video/transform.body';
import { WrongInput } from '../../../nodes/shared/n8n/errors';
import { fake } from './fake';

/** The input with nothing but what has to be there, and the body it makes. */
export const LEAST_INPUT = {
	videoUri: 'https://media.example/clip.mp4',
	promptText: 'Make it snow',
	model: 'gen4_aleph',
	ratio: '1280:720',
};

/** Whatever n8n may give for a parameter. */
export type Value = ReturnType<IExecuteSingleFunctions['getNodeParameter']>;

/** What a user has filled in, by the name under which it goes into the body. */
export interface Filled {
	videoUri: Value;
	promptText: Value;
	model: Value;
	ratio: Value;
	references: Array<{ uri: Value }>;
	seed: Value;
	publicFigureThreshold: Value;
	additionalFields: Value;
}

/** The node's parameters with these fields. */
function contextWith(fields: Partial<Filled>): IExecuteSingleFunctions {
	const {
		videoUri,
		promptText,
		model,
		ratio,
		references = [],
		...options
	} = { ...LEAST_INPUT, ...fields };
	const parameters = new Map<string, Value>([
		['videoSource', 'url'],
		['videoUrl', videoUri],
		['promptText', promptText],
		['model', model],
		['ratio', ratio],
		['references', { reference: references.map(({ uri }) => ({ source: 'url', url: uri })) }],
		['options', options],
	]);
	return fake<IExecuteSingleFunctions>({
		getNodeParameter(name: string, fallback?: Value) {
			if (parameters.has(name)) return parameters.get(name);
			if (fallback !== undefined) return fallback;
			throw new Error(`The node has no parameter ${name}`);
		},
	});
}

/** The body made of the least input with some fields set; fails the test when there is a problem. */
export async function bodyOf(fields: Partial<Filled> = {}): Promise<Record<string, unknown>> {
	return { ...(await transformBody(contextWith(fields))) };
}

/** What is wrong with the least input when some fields are set, and what to do; fails the test when nothing is. */
export async function wrongInputOf(fields: Partial<Filled>): Promise<WrongInput> {
	const end: unknown = await transformBody(contextWith(fields)).catch((error: unknown) => error);
	if (end instanceof WrongInput) return end;
	throw new Error(`No wrong input, but ${String(end)}`);
}

/** What is wrong with it. */
export async function problemOf(fields: Partial<Filled>): Promise<string> {
	return (await wrongInputOf(fields)).message;
}
