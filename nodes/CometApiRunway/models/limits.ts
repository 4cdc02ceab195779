/** How a model takes one field of a create's body. Nothing given: it takes it, whatever it holds. */
export interface Limits {
	/** Without it the model refuses the create. */
	readonly required?: true;
	/** The only values there are. */
	readonly oneOf?: readonly string[];
	/** The least and the greatest number. */
	readonly from?: number;
	readonly to?: number;
	/** Whole numbers in the panel's own order, where only these are taken. */
	readonly numbers?: readonly number[];
	/** A word that is taken in the place of a number. */
	readonly or?: string;
	/** The longest text, in UTF-16 code units. */
	readonly characters?: number;
	/** The longest list. */
	readonly entries?: number;
	/** How long a clip may be, in seconds. */
	readonly seconds?: { readonly least?: number; readonly most?: number };
	/** Whether images of a list say that they are some (`type: "image"`). */
	readonly typed?: true;
	/** Whether an image may be the last frame, too. */
	readonly last?: true;
	/** What the panel begins with; what is not required and has none is left to the model. */
	readonly preset?: string | number;
}

/** What a model's body holds beside `model`, by key. */
export interface Model {
	readonly takes: Readonly<Record<string, Limits>>;
}

/** The models of a route by their ids. */
export type Models = Readonly<Record<string, Model>>;

/** The model of an id; `undefined` where the table does not know it. */
export function modelOf(models: Models, id: string): Model | undefined {
	return Object.hasOwn(models, id) ? models[id] : undefined;
}

type Words<Text extends string, Before = never> = Text extends `${infer Word} ${infer Rest}`
	? Words<Rest, Before | Word>
	: Before | Text;

/** A list of words, written as one text. */
export function words<Text extends string>(text: Text): Array<Words<Text>> {
	return text.split(' ') as Array<Words<Text>>;
}

/** So many values are named in an error. */
const MOST_NAMED = 12;

/**
 * Why a model does not take a value of a field, in words that follow the field's name; `undefined` where it does.
 * Pure.
 */
export function findLimitProblem(
	value: unknown,
	limits: Limits,
	model: string,
): string | undefined {
	if (Array.isArray(value)) return findListProblem(value, limits, model);
	if (value === limits.or && value !== undefined) return undefined;
	if (typeof value === 'number') return findNumberProblem(value, limits, model);
	if (typeof value !== 'string') return undefined;
	if ((limits.numbers ?? limits.from) !== undefined) return `is "${value}", not a number`;
	const { oneOf, characters = Number.POSITIVE_INFINITY } = limits;
	if (oneOf && !oneOf.includes(value)) return `is "${value}"; ${model} takes ${named(oneOf)}`;
	if (value.length <= characters) return undefined;
	return `is ${value.length} characters long; at most ${characters} are allowed`;
}

function findListProblem(
	list: unknown[],
	{ entries = Number.POSITIVE_INFINITY }: Limits,
	model: string,
): string | undefined {
	if (list.length <= entries) return undefined;
	return `has ${list.length} entries; ${model} takes at most ${entries}`;
}

function findNumberProblem(
	value: number,
	{ from = -Infinity, to = Infinity, numbers }: Limits,
	model: string,
): string | undefined {
	if (numbers ? numbers.includes(value) : from <= value && value <= to) return undefined;
	const range = to === Infinity ? `${from} and more` : `${from} to ${to}`;
	return `is ${value}; ${model} takes ${numbers ? named(numbers.map(String)) : range}`;
}

function named(values: readonly string[]): string {
	const shown = values.slice(0, MOST_NAMED).join(', ');
	return values.length > MOST_NAMED ? `${shown}, …` : shown;
}
