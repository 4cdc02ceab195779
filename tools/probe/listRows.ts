import { z } from 'zod';
import { about, hasRequestId, isEnveloped, type FreeRow } from './freeRow';
import { holdsIf, untold, type Judgement } from './verdict';

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The key, by the list of models. */
export const KEY_ROWS: FreeRow[] = [
	about('models', {
		id: 'key-accepted',
		assume: 'A good key is answered the list of models, for nothing',
		asked: 'GET /v1/models',
		telling: [401, 403],
		judge: ({ status, json }) => {
			const { data } = modelList.safeParse(json);
			const isList = status === 200 && data !== undefined;
			return isList ? holdsIf(true, `${data.data.length} models`) : false;
		},
	}),
	about('models without key', {
		id: 'key-checked',
		assume: 'Without a key the same request is answered 401',
		asked: 'GET /v1/models without a key',
		telling: [401, 403],
		judge: ({ status }) => status === 401,
	}),
	about('models without key', {
		id: 'key-envelope',
		assume: 'That 401 has the error envelope with a request id in its message',
		asked: 'GET /v1/models without a key',
		telling: [401, 403],
		judge: (answer) => isEnveloped(answer) && hasRequestId(answer),
	}),
];

const catalogue = z.object({
	data: z.array(
		z
			.object({
				id: z.string(),
				provider: z.string().nullish(),
				features: z.array(z.string()).nullish(),
				pricing: z.record(z.unknown()).nullish(),
			})
			.passthrough(),
	),
});
type Model = z.output<typeof catalogue>['data'][number];

const isRunway = ({ id, provider }: Model) => /runway/i.test(`${id} ${provider}`);
const isBillingId = ({ id }: Model) => id.startsWith('runwayml_');

function aboutRunwayModels(
	row: Omit<FreeRow, 'judge' | 'asked'>,
	judge: (models: Model[]) => Judgement,
): FreeRow {
	return about('catalogue', {
		...row,
		asked: 'GET /api/models without a key',
		judge: ({ json }) => {
			const models = catalogue.safeParse(json).data?.data.filter(isRunway);
			return models?.length ? judge(models) : untold('no Runway models to look at');
		},
	});
}

const namesOf = (models: Model[]) => models.map(({ id }) => id).join(', ') || 'none';

/** The public catalogue. */
export const CATALOGUE_ROWS: FreeRow[] = [
	about('catalogue', {
		id: 'catalogue-open',
		assume: 'The catalogue needs no key and is {data: [{id, …}]}',
		asked: 'GET /api/models without a key',
		judge: ({ status, json }) => status === 200 && catalogue.safeParse(json).success,
	}),
	about('catalogue', {
		id: 'catalogue-runway',
		assume: 'It lists models of Runway',
		asked: 'GET /api/models without a key',
		judge: ({ json }) => {
			const models = catalogue.safeParse(json).data?.data;
			if (!models) return untold('no list of models');
			const ofRunway = models.filter(isRunway);
			return holdsIf(
				ofRunway.length > 0,
				`${models.length} models, of Runway: ${namesOf(ofRunway)}`,
			);
		},
	}),
	aboutRunwayModels(
		{ id: 'catalogue-features', assume: 'Some of them have the feature video-to-video' },
		(models) => {
			const able = models.filter(({ features }) => features?.includes('video-to-video'));
			return holdsIf(able.length > 0, namesOf(able));
		},
	),
	aboutRunwayModels(
		{ id: 'catalogue-billing', assume: 'Billing ids (runwayml_…) have a price per_request' },
		(models) => {
			const billed = models.filter(isBillingId);
			const priced = billed.filter(({ pricing }) => typeof pricing?.per_request === 'number');
			const prices = priced.map(({ id, pricing }) => `${id} ${String(pricing?.per_request)}`);
			return holdsIf(
				priced.length > 0 && priced.length === billed.length,
				prices.join(', ') || 'none',
			);
		},
	),
];
