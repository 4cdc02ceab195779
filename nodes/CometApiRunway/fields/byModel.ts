import type { INodeProperties } from 'n8n-workflow';
import type { Limits, Models } from '../models/limits';

/** An operation as its panel needs it: where its fields are shown, and the models of its route. */
export interface Operation {
	show: { resource: string[]; operation: string[] };
	models: Models;
	defaultModel: string;
}

/** One way in which models take a field, and those that do. */
interface Way {
	property: INodeProperties;
	ids: string[];
	/** Whether it is shown for models that the table does not know, and for one that an expression names. */
	isCommon: boolean;
}

/**
 * A field as the chosen model takes it: a property for each of the different ways, shown for its models alone. `common` is
 * how it is shown for a model that the table does not know; without it such a model shows no such field.
 *
 * n8n shows a field whose `show` compares with an expression, and never hides it for one by its `hide`: so the
 * models stand in `hide`, and those not named there are left out by a pattern.
 */
export function byModel(
	{ show, models }: Operation,
	key: string,
	build: (limits: Limits) => INodeProperties | undefined,
	common?: Limits,
): INodeProperties[] {
	return waysOf(models, key, build, common).map((way) => ({
		...way.property,
		displayOptions: {
			show: { ...show, ...way.property.displayOptions?.show },
			...hidden('model', way, models),
		},
	}));
}

/** The same for a field in the collection *Options*, which sees the node's other fields from below. */
export function optionByModel(
	{ models }: Operation,
	key: string,
	build: (limits: Limits) => INodeProperties | undefined,
	common?: Limits,
): INodeProperties[] {
	return waysOf(models, key, build, common).map((way) => {
		const display = { ...way.property.displayOptions, ...hidden('/model', way, models) };
		return Object.keys(display).length === 0
			? way.property
			: { ...way.property, displayOptions: display };
	});
}

function waysOf(
	models: Models,
	key: string,
	build: (limits: Limits) => INodeProperties | undefined,
	common: Limits | undefined,
): Way[] {
	const ways = new Map<string, Way>();
	const add = (limits: Limits, id?: string): void => {
		const property = build(limits);
		if (!property) return;
		const text = JSON.stringify(property);
		const way = ways.get(text) ?? { property, ids: [], isCommon: false };
		ways.set(text, way);
		if (id === undefined) way.isCommon = true;
		else way.ids.push(id);
	};
	if (common) add(common);
	for (const [id, { takes }] of Object.entries(models)) if (takes[key]) add(takes[key], id);
	return [...ways.values()];
}

function hidden(
	path: string,
	{ ids, isCommon }: Way,
	models: Models,
): { hide?: NonNullable<INodeProperties['displayOptions']>['hide'] } {
	if (!isCommon) {
		const pattern = ids.map((id) => id.replace(/\./g, '\\.')).join('|');
		return { hide: { [path]: [{ _cnd: { regex: `^(?!(?:${pattern})$)` } }] } };
	}
	const others = Object.keys(models).filter((id) => !ids.includes(id));
	return others.length === 0 ? {} : { hide: { [path]: others } };
}
