import type { DisplayCondition, INodeProperties } from 'n8n-workflow';
import type { Limits, Models } from '../models/limits';
import { ROUTES, type Route } from '../models/routes';

/** An operation as its panel needs it: its route, and where its fields are shown. */
export interface Operation extends Route {
	show: { resource: string[]; operation: string[] };
}

/** The operation of a resource. */
export const operationOf = (resource: string, operation: string): Operation => ({
	...ROUTES[`${resource}/${operation}`],
	show: { resource: [resource], operation: [operation] },
});

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
 * n8n shows a field whose `show` compares with an expression, whatever else stands there: so the models are told by
 * `hide`. It has no "all but these"; its `regex` runs against a clock in a sandbox, and fails where n8n is busy
 * (n8n-workflow, `safeRegex`). So whatever sorts before, between and after the field's models is hidden.
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
		return { hide: { [path]: allBut(ids) } };
	}
	const others = Object.keys(models).filter((id) => !ids.includes(id));
	return others.length === 0 ? {} : { hide: { [path]: others } };
}

/** Conditions of which one holds for every text but these; expressions begin with "=", which sorts before all ids. */
function allBut(ids: string[]): DisplayCondition[] {
	const sorted = [...ids].sort();
	const between = sorted.slice(1).map((id, index) => ({
		_cnd: { between: { from: `${sorted[index]}${FIRST}`, to: justBefore(id) } },
	}));
	return [{ _cnd: { lt: sorted[0] } }, ...between, { _cnd: { gt: sorted[sorted.length - 1] } }];
}

/** They sort before and after whatever stands in an id. */
const FIRST = ' ';
const LAST = '~';

function justBefore(id: string): string {
	const last = id.length - 1;
	return `${id.slice(0, last)}${String.fromCharCode(id.charCodeAt(last) - 1)}${LAST}`;
}
