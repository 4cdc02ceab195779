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
