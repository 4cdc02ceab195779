import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { WrongInput } from '../../shared/n8n/errors';
import { parseInput, wrongType, type InputRow, type InputTable } from '../../shared/n8n/input';
import { findLimitProblem, modelOf, type Models } from '../models/limits';
import { locator, optionsOf, type Source } from './sources';

/** One field of a create's body: what it has to be, and where it comes from. */
export interface BodyRow extends InputRow {
	from: Source;
	/** A further key under which models take it, in the place of its own. */
	also?: string;
}

/** The body of an operation's create, by its keys, in the order in which they are checked. */
export type BodyTable = Record<string, BodyRow>;

/** Collects and checks the body of one item's create. Throws a WrongInput for the first field that is wrong. */
export type ReadBody = (context: IExecuteSingleFunctions) => Promise<object>;

/**
 * A reader of bodies that hold what the item's model takes of the table's fields, with the option Additional Fields merged
 * over them. What that adds passes, whatever the model: fields of new models need no release of this package. A model
 * that `models` does not know gets what the user has filled in. Optional fields are sent only when they were set: the
 * API documents them as required, but its own example leaves them out.
 */
export function bodyOf(table: BodyTable, models: Models): ReadBody {
	return async (context) => {
		const additional = parseInput(ADDITIONAL_FIELDS, optionsOf(context)).additionalFields;
		const { model } = parseInput(MODEL, { model: locator('model')(context), ...additional });
		const body: Record<string, unknown> = { model };
		for (const [key, row] of Object.entries(table)) {
			Object.assign(body, await readField(context, { key, row, model, models, additional }));
		}
		return { ...additional, ...body };
	};
}

/** One field of an item, on its way into the body. */
interface Field {
	key: string;
	row: BodyRow;
	model: string;
	models: Models;
	additional: Record<string, unknown>;
}

/** The field as the body holds it, under the model's name for it; nothing where it is not set. */
async function readField(
	context: IExecuteSingleFunctions,
	{ key, row, model, models, additional }: Field,
): Promise<Record<string, unknown>> {
	const takes = modelOf(models, model)?.takes;
	const name = takes && row.also && takes[row.also] ? row.also : key;
	const limits = takes?.[name];
	const check = (value: unknown) => parseInput({ [name]: row }, { [name]: value });
	// The table may be behind the times: what the user adds to it is held to no limit.
	if (Object.hasOwn(additional, name)) return limits ? check(additional[name]) : {};
	const value = await row.from(context, limits);
	if (value === undefined) {
		if (limits?.required) throw new WrongInput(row.label, 'is empty', row.remedy);
		return {};
	}
	if (takes && !limits) throw notTaken(row, name, model, models);
	const field = check(value);
	const problem = limits && findLimitProblem(field[name], limits, model);
	if (problem) throw new WrongInput(row.label, problem, row.remedy);
	return field;
}

function notTaken({ label }: BodyRow, key: string, model: string, models: Models): WrongInput {
	const others = Object.keys(models).filter((id) => models[id].takes[key]);
	return new WrongInput(
		label,
		`is set, but the model ${model} does not take it`,
		`Remove it, or choose a model that takes it: ${others.join(', ')}.`,
	);
}

const MODEL = {
	model: {
		label: 'Model',
		remedy: 'Choose a model from the list, or enter its id.',
		schema: z.string(wrongType('a text')).trim().min(1, { message: 'is empty' }),
	},
} satisfies InputTable;

const jsonObject = z.record(z.unknown());

/** An object, or one as JSON text; an empty one where nothing is given. */
const additionalFields = z.unknown().transform((value, context) => {
	const refuse = (message: string) => {
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	};
	if (value === undefined || value === null || value === '') return {};
	let parsed = value;
	try {
		if (typeof value === 'string') parsed = JSON.parse(value);
	} catch (error) {
		return refuse(`is not valid JSON (${(error as Error).message})`);
	}
	const fields = jsonObject.safeParse(parsed);
	return fields.success ? fields.data : refuse('is not a JSON object');
});

const ADDITIONAL_FIELDS = {
	additionalFields: {
		label: 'Additional Fields',
		remedy:
			'Give one JSON object, for example {"targetAspectRatio": "16:9"}, or remove the option.',
		schema: additionalFields,
	},
} satisfies InputTable;
