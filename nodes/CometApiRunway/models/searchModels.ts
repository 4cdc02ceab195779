import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { CREDENTIAL, normalizeBaseUrl } from '../../shared/n8n/context';

/** The video-to-video models CometAPI documents; offered when the catalogue can't be read. */
const KNOWN_MODELS = ['aleph2', 'gen4_aleph'];

const CATALOGUE_TIMEOUT_MS = 10_000;

/** `GET /api/models`; only what the list needs, and one strange entry does not spoil the others. */
const catalogueSchema = z.object({
	data: z.array(
		z
			.object({
				id: z.string().min(1),
				provider: z.string().catch(''),
				features: z.array(z.string()).catch([]),
			})
			.nullable()
			.catch(null),
	),
});

/**
 * Fills the model list from CometAPI's public catalogue: Runway's video-to-video models. The catalogue needs no
 * key, so none is sent. When it can't be read the known ids are offered; any other id can be typed in.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const ids = await readModelIds(this);
	return {
		results: ids
			.filter((id) => id.toLowerCase().includes(wanted))
			.map((id) => ({ name: id, value: id })),
	};
}

async function readModelIds(context: ILoadOptionsFunctions): Promise<string[]> {
	try {
		const { baseUrl } = await context.getCredentials<{ baseUrl?: unknown }>(CREDENTIAL);
		const answer: unknown = await context.helpers.httpRequest({
			method: 'GET',
			baseURL: normalizeBaseUrl(baseUrl),
			url: '/api/models',
			json: true,
			timeout: CATALOGUE_TIMEOUT_MS,
		});
		const found = catalogueSchema
			.parse(answer)
			.data.flatMap((model) => (model && isOurs(model) ? [model.id] : []));
		if (found.length > 0) return [...new Set(found)].sort();
	} catch (error) {
		// The list is a convenience: a typed id works without it, so the user gets the known ones instead.
		context.logger.debug(
			`CometAPI's model catalogue could not be read: ${(error as Error).message}`,
		);
	}
	return KNOWN_MODELS;
}

function isOurs({
	id,
	provider,
	features,
}: {
	id: string;
	provider: string;
	features: string[];
}): boolean {
	const isRunway = /runway/i.test(provider) || /aleph/i.test(id);
	return isRunway && (features.includes('video-to-video') || /aleph/i.test(id));
}
