import { CREATE_ROUTES, type CreateRoute } from './create/routes';

/** An entry of the public catalogue, GET /api/models. */
export interface CatalogueModel {
	id: string;
	provider: string;
	model_type: 'video' | 'image' | 'text';
	features: string[];
	pricing: Record<string, number | string>;
}

const perSecond = (price: number) => ({ currency: 'USD', per_second: price });
const perRequest = (price: number) => ({ currency: 'USD', per_request: price });
const perMillionTokens = (input: number, output: number) => ({
	currency: 'USD/M Tokens',
	input,
	output,
});

/** Under which ids, and for how much a task, CometAPI bills each route: no `model` is called so. */
export const BILLING_IDS: Record<CreateRoute, { id: string; price: number }> = {
	// No page tells this price, nor the one of upscaling.
	video_to_video: { id: 'runwayml_video_to_video', price: 0.32 },
	image_to_video: { id: 'runwayml_image_to_video', price: 0.32 },
	text_to_image: { id: 'runwayml_text_to_image', price: 0.32 },
	video_upscale: { id: 'runwayml_video_upscale', price: 0.4 },
	character_performance: { id: 'runwayml_character_performance', price: 0.4 },
};

const billingEntry = (route: CreateRoute): CatalogueModel => ({
	id: BILLING_IDS[route].id,
	provider: 'Runway',
	model_type: route === 'text_to_image' ? 'image' : 'video',
	features: [route.replaceAll('_', '-')],
	pricing: perRequest(BILLING_IDS[route].price),
});

/** A few models of each kind; ids and prices stand for themselves, not for CometAPI's current offer. */
export const CATALOGUE: CatalogueModel[] = [
	{
		id: 'gen4_aleph',
		provider: 'Runway',
		model_type: 'video',
		features: ['video-to-video'],
		pricing: perSecond(0.15),
	},
	{
		id: 'aleph2',
		provider: 'Runway',
		model_type: 'video',
		features: ['video-to-video'],
		pricing: perSecond(0.2),
	},
	{
		id: 'gen4_turbo',
		provider: 'Runway',
		model_type: 'video',
		features: ['image-to-video'],
		pricing: perSecond(0.05),
	},
	{
		id: 'upscale_v1',
		provider: 'Runway',
		model_type: 'video',
		features: ['video-upscale'],
		pricing: perSecond(0.02),
	},
	{
		id: 'gen4_image',
		provider: 'Runway',
		model_type: 'image',
		features: ['text-to-image'],
		pricing: perRequest(0.05),
	},
	{
		id: 'gen4.5',
		provider: 'Runway',
		model_type: 'video',
		features: ['image-to-video'],
		pricing: perSecond(0.12),
	},
	{
		id: 'act_two',
		provider: 'Runway',
		model_type: 'video',
		features: ['character-performance'],
		pricing: perSecond(0.05),
	},
	...CREATE_ROUTES.map(billingEntry),
	{
		id: 'gpt-image-2',
		provider: 'OpenAI',
		model_type: 'image',
		features: ['text-to-image'],
		pricing: perMillionTokens(5, 40),
	},
	{
		id: 'gpt-5-mini',
		provider: 'OpenAI',
		model_type: 'text',
		features: ['text-to-text'],
		pricing: perMillionTokens(0.25, 2),
	},
];

/** The OpenAI-like list that GET /v1/models answers. */
export function modelList() {
	const data = CATALOGUE.map(({ id, provider }) => ({
		id,
		object: 'model',
		created: 1762000000,
		owned_by: provider.toLowerCase(),
	}));
	return { object: 'list', data };
}
