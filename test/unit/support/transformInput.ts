import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { transformBody } from '../../../nodes/CometApiRunway/resources/video/transform.body';
import { WrongInput } from '../../../nodes/shared/n8n/errors';

/** The input with nothing but what has to be there, and the body it makes. */
export const LEAST_INPUT = {
	videoUri: 'https://media.example/clip.mp4',
	promptText: 'Make it snow',
	model: 'gen4_aleph',
	ratio: '1280:720',
};

/** What a user has filled in, by the name under which it goes into the body. */
interface Filled {
	videoUri: unknown;
	promptText: unknown;
	model: unknown;
	ratio: unknown;
	references: Array<{ uri: unknown }>;
	seed: unknown;
	publicFigureThreshold: unknown;
	additionalFields: unknown;
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
	const parameters: Record<string, unknown> = {
		videoSource: 'url',
		videoUrl: videoUri,
		promptText,
		model,
		ratio,
		'references.reference': references.map(({ uri }) => ({ source: 'url', url: uri })),
		options,
	};
	const getNodeParameter = (name: string): unknown => {
		if (name in parameters) return parameters[name];
		throw new Error(`The node has no parameter ${name}`);
	};
	return { getNodeParameter } as IExecuteSingleFunctions;
}

/** The body made of the least input with some fields set; fails the test when there is a problem. */
export async function bodyOf(fields: Partial<Filled> = {}): Promise<Record<string, unknown>> {
	return { ...(await transformBody(contextWith(fields))) };
}

/** What is wrong with the least input when some fields are set, and what to do; fails the test when nothing is. */
export async function problemOf(
	fields: Partial<Filled>,
): Promise<{ message: string; remedy: string }> {
	const end: unknown = await transformBody(contextWith(fields)).catch((error: unknown) => error);
	if (end instanceof WrongInput) return { message: end.message, remedy: end.remedy };
	throw new Error(`No wrong input, but ${String(end)}`);
}

export const REMEDY = {
	video: 'Give an https:// URL with a domain name, or set Video Source to Binary Data.',
	prompt: 'Say what the output should show, in 1 to 1000 characters.',
	model: 'Choose a model from the list, or enter its id, for example gen4_aleph.',
	ratio: 'Give width and height with a colon between, for example 1280:720.',
	seed: 'Give a whole number from 0 to 4294967295, or remove the option.',
	reference:
		'Give each reference an https:// URL with a domain name, or a binary image, or remove it.',
	threshold: 'Choose Auto or Low, or remove the option.',
	additional:
		'Give one JSON object, for example {"targetAspectRatio": "16:9"}, or remove the option.',
};
