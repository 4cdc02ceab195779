import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { numeric, wrongType } from '../../shared/n8n/input';
import type { MediaType } from '../../shared/n8n/media/dataUri';
import { DETAILS, type Detail, type DetailKey } from '../fields/details';
import { ENTRY, type SourceNames } from '../fields/media';
import type { BodyRow, BodyTable } from './body';
import { mediaUri, promptText, ratio, text } from './schemas';
import { fileFrom, option, parameter, readBinary, type Source } from './sources';

/** Rows that the bodies of several operations have. */

export const PROMPT_ROW: BodyRow = {
	label: 'Prompt',
	remedy: 'Say what the output should show.',
	schema: promptText,
	from: parameter('promptText'),
};

export const RATIO_ROW: BodyRow = {
	label: 'Aspect Ratio',
	remedy: 'Choose one that the model takes, as width:height, for example 1280:720.',
	schema: ratio,
	from: parameter('ratio'),
};

export const MODERATION_ROW: BodyRow = {
	label: 'Public Figure Threshold',
	remedy: 'Choose Auto or Low, or remove the option.',
	schema: z
		.object(
			{
				publicFigureThreshold: z.enum(['auto', 'low'], { message: 'is neither "auto" nor "low"' }),
			},
			wrongType('an object'),
		)
		.passthrough(),
	from(context) {
		const publicFigureThreshold = option('publicFigureThreshold')(context);
		return publicFigureThreshold === undefined ? undefined : { publicFigureThreshold };
	},
};

/** What errors call the file that a source's fields name, and what to do about it. */
export const fileTexts = ({ label }: SourceNames): Pick<BodyRow, 'label' | 'remedy'> => ({
	label: `${label} URL`,
	remedy: `Give an https:// URL with a domain name, or set ${label} Source to Binary Data.`,
});

/** The file that the operation works on, by URL or from a binary field. */
export function fileRow(mediaType: MediaType, names: SourceNames, also?: string): BodyRow {
	const from = fileFrom(mediaType, names);
	return { ...fileTexts(names), schema: mediaUri(mediaType), from, also };
}

/** A field of the panel that is a choice of the model's. */
export function choiceRow(label: string, name: string): BodyRow {
	return {
		label,
		remedy: 'Choose one from the list.',
		schema: z.string(text),
		from: parameter(name),
	};
}

/** One entry of a list of files, as n8n gives it. */
export const fileEntry = z.object({
	source: z.enum(['url', 'binary']).optional(),
	url: z.string().optional(),
	binaryPropertyName: z.string().optional(),
	tag: z.string().optional(),
});
type FileEntry = z.output<typeof fileEntry>;

/** The file that an entry names. `field` is what an error calls it. */
export async function readEntry(
	context: IExecuteSingleFunctions,
	{ source, url, binaryPropertyName }: FileEntry,
	mediaType: MediaType,
	field: string,
): Promise<unknown> {
	if (source !== 'binary') return url ?? '';
	return await readBinary(context, binaryPropertyName, mediaType, field);
}

/** A list of files: `{ type, uri }` where the model wants to be told the type, else `{ uri }`. */
export function filesRow(mediaType: MediaType, label: string, from: Source): BodyRow {
	return {
		label,
		remedy: `Give each an https:// URL with a domain name, or a binary field of the item, or remove it.`,
		schema: z.array(
			z.object({ uri: mediaUri(mediaType) }, wrongType('an object')).passthrough(),
			wrongType('a list'),
		),
		from: async (context, limits) => {
			const rows = entriesOf(await from(context));
			if (rows.length === 0) return undefined;
			const isTyped = limits === undefined || limits.typed === true || mediaType !== 'image';
			return await Promise.all(
				rows.map(async (row, index) => ({
					...(isTyped && { type: mediaType }),
					uri: await readEntry(context, row, mediaType, `${label} ${index + 1}`),
					...(row.tag && { tag: row.tag }),
				})),
			);
		},
	};
}

/** n8n gives a list, or the one entry itself where there can be no more. */
const entries = z.union([z.array(fileEntry), fileEntry.transform((one) => [one])]);

/** The entries of a list in the panel; what is none has none. */
export function entriesOf(list: unknown): FileEntry[] {
	const parsed = z.object({ [ENTRY]: entries }).safeParse(list);
	return parsed.success ? parsed.data[ENTRY] : [];
}

/** A number, or a word that some models take in its place. */
export const NUMBER = z.preprocess(
	(value) => (Number.isNaN(numeric(value)) ? value : numeric(value)),
	z.unknown().refine((value) => ['number', 'string'].includes(typeof value), {
		message: 'is not a number',
	}),
);

const SCHEMAS: Record<Exclude<Detail['kind'], 'videos' | 'audio'>, z.ZodTypeAny> = {
	choice: z.string(text),
	text: z.string(text),
	flag: z.boolean(wrongType('true or false')),
	number: NUMBER,
	wholeNumber: z.preprocess(
		numeric,
		z.number({ message: 'is not a number' }).int({ message: 'is not a whole number' }),
	),
};

/** The rows of options that are fields of the body, by their keys. */
export function detailRows(keys: readonly DetailKey[]): BodyTable {
	return Object.fromEntries(keys.map((key) => [key, detailRow(key)]));
}

function detailRow(key: DetailKey): BodyRow {
	const { label, kind, only }: Detail = DETAILS[key];
	if (kind === 'videos') return filesRow('video', label, option(key));
	if (kind === 'audio') return filesRow('audio', label, option(key));
	return {
		label,
		remedy: `Correct ${label}, or remove the option.`,
		schema: SCHEMAS[kind],
		from: (context, limits) =>
			only && !only.values.includes(String(option(only.option)(context, limits)))
				? undefined
				: option(key)(context, limits),
	};
}
