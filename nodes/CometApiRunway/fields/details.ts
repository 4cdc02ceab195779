import type { INodeProperties } from 'n8n-workflow';
import type { Limits } from '../models/limits';
import { optionByModel, type Operation } from './byModel';
import { mediaList } from './media';

/** An option that is one field of the body. */
export interface Detail {
	label: string;
	describe: string;
	kind: 'choice' | 'number' | 'wholeNumber' | 'flag' | 'text' | 'videos' | 'audio';
	/** Names of choices that say more than the value does. */
	names?: Record<string, string>;
	/** Shown for models that the table does not know, too. */
	isCommon?: true;
	/** Only with these values of another option. */
	only?: { option: string; values: string[] };
}

/** By the name under which the value goes into the body. */
export const DETAILS = {
	audio: { label: 'Audio', describe: 'Whether the output has sound', kind: 'flag' },
	background: { label: 'Background', describe: 'What the image has behind it', kind: 'choice' },
	bodyControl: {
		label: 'Body Control',
		describe: 'Whether the character follows movements of the body, too, not of the face alone',
		kind: 'flag',
		isCommon: true,
	},
	creativity: {
		label: 'Creativity',
		describe: 'How much detail is invented, from 0 (faithful) to 100',
		kind: 'wholeNumber',
	},
	duration: { label: 'Duration (Seconds)', describe: 'Length of the output', kind: 'number' },
	edit: {
		label: 'Edit',
		describe:
			'Whether to edit the one reference image itself, instead of using it as a loose guide',
		kind: 'flag',
	},
	expressionIntensity: {
		label: 'Expression Intensity',
		describe: "How strong the character's expression is, from 1 to 5",
		kind: 'wholeNumber',
		isCommon: true,
	},
	flavor: { label: 'Flavor', describe: 'Look of the output', kind: 'choice' },
	fpsBoost: { label: 'FPS Boost', describe: 'Whether to raise the frame rate', kind: 'flag' },
	grounding: {
		label: 'Grounding',
		describe: 'Whether the model may look things up on the web',
		kind: 'flag',
	},
	mode: { label: 'Mode', describe: 'What the model does with the video', kind: 'choice' },
	negativePrompt: {
		label: 'Negative Prompt',
		describe: 'What the output should not show',
		kind: 'text',
	},
	outputCount: {
		label: 'Output Count',
		describe: 'How many images to generate. Each is charged for.',
		kind: 'wholeNumber',
	},
	outputFormat: {
		label: 'Output Format',
		describe:
			'File format of the output. At Runway, video formats other than MP4 cost more for each second.',
		kind: 'choice',
		names: {
			mp4: 'MP4',
			prores: 'ProRes, a .mov (+5 Credits per Second at Runway)',
			png_sequence: 'PNG Sequence, a .zip (+5 Credits per Second at Runway)',
			sdr_rec709_10bit: 'MP4 of 10 Bits, Rec. 709 (+20 Credits per Second at Runway)',
		},
	},
	promptExpansionMode: {
		label: 'Prompt Expansion',
		describe: 'How far the model rewrites the prompt before it begins',
		kind: 'choice',
	},
	proresProfile: {
		label: 'ProRes Profile',
		describe: 'Profile of a ProRes output. 4444 is the default of Runway.',
		kind: 'choice',
		only: { option: 'outputFormat', values: ['prores', 'hdr_prores'] },
	},
	quality: { label: 'Quality', describe: 'How much effort the model makes', kind: 'choice' },
	referenceAudio: {
		label: 'Reference Audio',
		describe: 'Audio files that the model uses as context',
		kind: 'audio',
	},
	referenceVideos: {
		label: 'Reference Videos',
		describe: 'Videos that the model uses as context',
		kind: 'videos',
	},
	resolution: { label: 'Resolution', describe: 'Resolution of the output', kind: 'choice' },
	seed: {
		label: 'Seed',
		describe: 'The same seed gives a similar result',
		kind: 'wholeNumber',
		isCommon: true,
	},
	sharpen: { label: 'Sharpen', describe: 'Sharpness, from 0 to 100', kind: 'wholeNumber' },
	smartGrain: {
		label: 'Smart Grain',
		describe: 'Grain and texture, from 0 to 100',
		kind: 'wholeNumber',
	},
	watermark: { label: 'Watermark', describe: 'Whether the output has a watermark', kind: 'flag' },
} satisfies Record<string, Detail>;

export type DetailKey = keyof typeof DETAILS;

/** The options of an operation that are fields of the body, each for the models that take it. */
export function detailOptions(operation: Operation, keys: readonly DetailKey[]): INodeProperties[] {
	const common = (key: DetailKey) =>
		'isCommon' in DETAILS[key] ? operation.models[operation.defaultModel].takes[key] : undefined;
	return keys.flatMap((key) =>
		optionByModel(operation, key, (limits) => detailOption(key, limits), common(key)),
	);
}

function detailOption(key: DetailKey, limits: Limits): INodeProperties {
	const detail: Detail = DETAILS[key];
	const { label: displayName, describe } = detail;
	const { only } = detail;
	const field = {
		displayName,
		name: key,
		description: describe,
		...(only && { displayOptions: { show: { [only.option]: only.values } } }),
	};
	switch (detail.kind) {
		case 'choice': {
			const options = (limits.oneOf ?? []).map((value) => ({
				name: detail.names?.[value] ?? value,
				value,
			}));
			return { ...field, type: 'options', options, default: options[0]?.value ?? '' };
		}
		case 'number':
		case 'wholeNumber':
			return { ...field, ...numberField(describe, limits) };
		case 'flag':
			return { ...field, type: 'boolean', default: false };
		case 'text':
			return { ...field, type: 'string', default: '' };
		case 'videos':
		case 'audio': {
			const kind = detail.kind === 'videos' ? 'video' : 'audio';
			const texts = { displayName, name: key, entry: 'reference', description: describe };
			return mediaList(kind, texts, limits);
		}
	}
}

/** A field for a number, with its limits. */
export function numberField(
	describe: string,
	{ from, to, or, numbers }: Limits,
): Pick<INodeProperties, 'type' | 'typeOptions' | 'default' | 'description' | 'options'> {
	if (numbers) {
		const options = numbers.map((value) => ({ name: String(value), value }));
		return { type: 'options', options, default: numbers[0], description: describe };
	}
	const range = from !== undefined && to !== undefined ? `${from} to ${to}` : undefined;
	const word = or && `or "${or}" by an expression`;
	return {
		type: 'number',
		typeOptions: { minValue: from, maxValue: to },
		default: from ?? 0,
		description: [describe, range, word].filter(Boolean).join(', '),
	};
}
