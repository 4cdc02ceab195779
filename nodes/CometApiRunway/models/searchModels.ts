import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { readBody } from '../../shared/n8n/answer';
import { createBreaker } from '../../shared/n8n/breaker';
import { CREDENTIAL, normalizeBaseUrl } from '../../shared/n8n/context';
import { ROUTES, type Route } from './routes';

const CATALOGUE_TIMEOUT_MS = 10_000;

const price = z.number().positive().optional().catch(undefined);

/** `GET /api/models`; only what the list needs, and one strange entry does not spoil the others. */
const catalogueSchema = z.object({
	data: z.array(
		z
			.object({
				id: z.string().min(1),
				provider: z.string().catch(''),
				features: z.array(z.string()).catch([]),
				pricing: z
					.object({ currency: z.string().catch('USD'), per_request: price, per_second: price })
					.optional()
					.catch(undefined),
			})
			.nullable()
			.catch(null),
	),
});

type CatalogueEntry = NonNullable<z.output<typeof catalogueSchema>['data'][number]>;

/** CometAPI bills this family under ids of their own, which are no models. */
const BILLING_ID = /^runwayml_/;

/**
 * Fills the model list of an operation from CometAPI's public catalogue: Runway's models for its route, with the price
 * beside the name where the catalogue tells one. The catalogue needs no key, so none is sent. Where it lists none the
 * known ids are offered; any other id can be typed in.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const parameters = ['resource', 'operation'].map((name) => this.getCurrentNodeParameter(name));
	const route = ROUTES[parameters.join('/')];
	const catalogue = await readCatalogue(this);
	const results = idsOf(route, catalogue)
		.filter((id) => id.toLowerCase().includes(wanted))
		.map((id) => ({ name: [id, priceOf(id, route, catalogue)].join(''), value: id }));
	return { results };
}

async function readCatalogue(context: ILoadOptionsFunctions): Promise<CatalogueEntry[]> {
	const breaker = createBreaker(undefined);
	try {
		const { baseUrl } = await context.getCredentials<{ baseUrl?: unknown }>(CREDENTIAL);
		const answer: unknown = await context.helpers.httpRequest({
			method: 'GET',
			baseURL: normalizeBaseUrl(baseUrl),
			url: '/api/models',
			json: true,
			encoding: 'stream',
			disableFollowRedirect: true,
			timeout: CATALOGUE_TIMEOUT_MS,
			abortSignal: breaker.signal,
		});
		const read = await readBody(answer, CATALOGUE_TIMEOUT_MS);
		return catalogueSchema.parse(read?.body).data.filter((entry) => entry !== null);
	} catch (error) {
		// The list is a convenience: a typed id works without it, so the user gets the known ones instead.
		context.logger.debug(
			`CometAPI's model catalogue could not be read: ${(error as Error).message}`,
		);
		return [];
	} finally {
		breaker.breakOff();
	}
}

function idsOf(route: Route, catalogue: CatalogueEntry[]): string[] {
	const listed = catalogue.filter(
		({ id, provider, features }) =>
			!BILLING_ID.test(id) &&
			(Object.hasOwn(route.models, id) ||
				(/runway/i.test(provider) && features.includes(route.feature))),
	);
	const ids = listed.length > 0 ? listed.map(({ id }) => id) : Object.keys(route.models);
	return [...new Set(ids)].sort();
}

/** What a task costs, as the catalogue says of the model, or else of the route. */
function priceOf(id: string, { billedAs }: Route, catalogue: CatalogueEntry[]): string {
	const prices = [id, billedAs].flatMap((wanted) => {
		const pricing = catalogue.find((entry) => entry.id === wanted)?.pricing;
		if (pricing?.currency !== 'USD') return [];
		const { per_request: each, per_second: second } = pricing;
		if (each) return [` ($${each} per task)`];
		return second ? [` ($${second} per second)`] : [];
	});
	return prices[0] ?? '';
}
