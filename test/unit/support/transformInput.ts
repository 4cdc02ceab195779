import {
	readTransformBody,
	type InputProblem,
	type TransformInput,
} from '../../../nodes/CometApiRunway/submit/body';

/** The input with nothing but what has to be there, and the body it makes. */
export const LEAST_INPUT = {
	videoUri: 'https://media.example/clip.mp4',
	promptText: 'Make it snow',
	model: 'gen4_aleph',
	ratio: '1280:720',
};

/** The body made of the least input with some fields set; fails the test when there is a problem. */
export function bodyOf(fields: Partial<TransformInput> = {}): Record<string, unknown> {
	const reading = readTransformBody({ ...LEAST_INPUT, ...fields });
	if ('problem' in reading) throw new Error(JSON.stringify(reading.problem));
	return reading.body;
}

/** The problem with the least input when some fields are set; fails the test when there is none. */
export function problemOf(fields: Partial<TransformInput>): InputProblem {
	const reading = readTransformBody({ ...LEAST_INPUT, ...fields });
	if ('body' in reading) throw new Error('There is no problem');
	return reading.problem;
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
