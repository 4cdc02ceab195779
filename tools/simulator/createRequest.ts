import { z } from 'zod';
import { bodySchema, knowsModel, type CreateRoute } from './create/routes';
import { fileKindOf, type FileKind } from './outputKind';
import { InvalidInputError, parseInput } from './parseInput';
import type { Scenario } from './scenario';

/** What a create orders, as far as its task needs to know. */
export interface CreateOrder {
	route: CreateRoute;
	model: string;
	fileKind: FileKind;
	/** How many outputs the body asks for, if it does. */
	outputCount?: number;
}

/** A create that is refused with a status or code of its own. */
export class CreateRefusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

/** Runway's version dates, like 2024-11-06. */
const VERSION_DATE = /^\d{4}-\d{2}-\d{2}$/;

const namedModel = z.object({ model: z.string() });
const wishes = z.object({
	model: z.string(),
	outputFormat: z.string().optional().catch(undefined),
	outputCount: z.number().int().min(1).max(10).optional().catch(undefined),
});

/**
 * Checks a create as CometAPI and Runway do, one after the other: the version header, whether there is a
 * channel for the model, the body.
 *
 * @throws {InvalidInputError} that names the header or the field of the body that is wrong
 * @throws {CreateRefusal} when there is no channel for the model, or CometAPI wants an image with the prompt
 */
export function readCreateRequest(
	route: CreateRoute,
	version: unknown,
	body: unknown,
	scenario: Scenario,
): CreateOrder {
	if (scenario.versionHeader === 'required') checkVersion(version);
	const model = namedModel.safeParse(body).data?.model;
	if (model !== undefined) checkChannel(route, model, scenario);
	const { outputFormat, outputCount, ...order } = wishes.parse(
		parseInput(bodySchema(route, model), body, describeUnknownFields),
	);
	if (scenario.textOnlyImages === 'refused') checkReferenceImages(route, body);
	return { route, ...order, fileKind: fileKindOf(route, outputFormat), outputCount };
}

function checkVersion(version: unknown): void {
	if (typeof version === 'string' && VERSION_DATE.test(version)) return;
	throw new InvalidInputError('X-Runway-Version: must be a date like 2024-11-06');
}

/** What the gateway answers for a model it does not have, in the words of two live logs. */
function checkChannel(
	route: CreateRoute,
	model: string,
	{ missingModels, unknownModels }: Scenario,
): void {
	const isUnknown = unknownModels === 'refused' && !knowsModel(route, model);
	if (!isUnknown && !missingModels.includes(model)) return;
	const message = `no available channel for group default and model ${model}`;
	throw new CreateRefusal(503, 'model_not_found', message);
}

const textOnly = z.object({
	model: z.literal('gen4_image'),
	referenceImages: z.array(z.unknown()).max(0).optional(),
});

/** CometAPI's page says so of `gen4_image`; Runway itself takes a prompt alone. */
function checkReferenceImages(route: CreateRoute, body: unknown): void {
	if (route !== 'text_to_image' || !textOnly.safeParse(body).success) return;
	throw new CreateRefusal(400, 'reference_images_empty', 'referenceImages: must not be empty');
}

function describeUnknownFields(issue: z.ZodIssue): string | undefined {
	if (issue.code !== 'unrecognized_keys') return undefined;
	const [path] = issue.keys.map((key) => [...issue.path, key].join('.'));
	return `${path}: no additional properties are allowed`;
}

const promptText = z.object({ promptText: z.string().min(1) });

/**
 * What rules, faults and words are looked for in: the body's prompt or, where it has none, every text in it
 * but data URIs, a line each.
 */
export function textOf(body: unknown): string {
	const { data } = promptText.safeParse(body);
	return data ? data.promptText : textsIn(body).join('\n');
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('data:') ? [] : [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
