import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { parseInput, type InputRow, type InputTable } from '../../shared/n8n/input';

/** One field of a create's body: what it has to be, and where it comes from. */
export interface BodyRow extends InputRow {
	/** Finds the field's value for one item; `undefined` leaves it out. May throw a WrongInput. */
	from(context: IExecuteSingleFunctions): unknown;
}

/** The body of an operation's create, by its keys, in the order in which they are checked. */
export type BodyTable = Record<string, BodyRow>;

/** Collects and checks the body of one item's create. Throws a WrongInput for the first field that is wrong. */
export type ReadBody = (context: IExecuteSingleFunctions) => Promise<object>;

/** Optional fields of every create that are no fields of its body. */
export const optionsOf = (context: IExecuteSingleFunctions): IDataObject =>
	context.getNodeParameter('options', {}) as IDataObject;

/**
 * A reader of bodies that hold the table's fields, with the option Additional Fields merged over them. What that
 * adds passes untouched: fields of new models need no release of this package. Optional fields are sent only when they
 * were set: the API documents them as required, but its own example leaves them out.
 */
export function bodyOf(table: BodyTable): ReadBody {
	return async (context) => {
		const additional = parseInput(ADDITIONAL_FIELDS, optionsOf(context)).additionalFields;
		const values: Record<string, unknown> = {};
		for (const [key, { from }] of Object.entries(table)) {
			const value = await from(context);
			if (value !== undefined) values[key] = value;
		}
		return parseInput(table, { ...values, ...additional });
	};
}

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
