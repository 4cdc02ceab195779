import {
	bodySchema,
	CREATE_ROUTES,
	knowsModel,
	type CreateRoute,
} from '../simulator/create/routes';

/** What --paid and its companions say. */
export interface PaidWish {
	/** `gen4_aleph`, or `image_to_video/seedance2` where several routes, or none, are known to have it. */
	model: string;
	videoUrl?: string;
	imageUrl?: string;
}

/** One create that will be paid for. */
export interface PaidOrder {
	route: CreateRoute;
	model: string;
	body: Record<string, unknown>;
}

const PROMPT = 'The same scene in winter, with snow falling';

/**
 * The smallest body that the model is known to take.
 *
 * @throws {Error} that says what is missing
 */
export function paidOrder({ model: wanted, videoUrl, imageUrl }: PaidWish): PaidOrder {
	const { route, model } = routeOf(wanted);
	for (const kind of NEEDS[route]) {
		const url = kind === 'video' ? videoUrl : imageUrl;
		if (url === undefined) throw new Error(`${wanted} needs --${kind} with an HTTPS URL`);
	}
	const schema = bodySchema(route, model);
	const bodies = candidates(route, model, videoUrl, imageUrl);
	const body = bodies.find((candidate) => schema.safeParse(candidate).success);
	if (!body) throw new Error(`The probe has no body for ${route} with ${model}`);
	return { route, model, body };
}

function routeOf(wanted: string): { route: CreateRoute; model: string } {
	const [, prefix, name] = /^([a-z_]+)\/(.+)$/.exec(wanted) ?? [];
	const named = CREATE_ROUTES.find((route) => route === prefix);
	if (named && name) return { route: named, model: name };
	const [route, ...others] = CREATE_ROUTES.filter((known) => knowsModel(known, wanted));
	if (route && others.length === 0) return { route, model: wanted };
	const routes = route ? [route, ...others] : CREATE_ROUTES;
	throw new Error(
		`Which route for ${wanted}? Say ${routes.map((known) => `${known}/${wanted}`).join(', or ')}`,
	);
}

const NEEDS: Record<CreateRoute, Array<'video' | 'image'>> = {
	video_to_video: ['video'],
	image_to_video: ['image'],
	text_to_image: [],
	video_upscale: ['video'],
	character_performance: ['image', 'video'],
};

/** Bodies from the smallest on; the first that fits the model is taken. */
function candidates(
	route: CreateRoute,
	model: string,
	video?: string,
	image?: string,
): Array<Record<string, unknown>> {
	const prompted = { model, promptText: PROMPT };
	switch (route) {
		case 'video_to_video':
			return [
				{ ...prompted, videoUri: video },
				{ ...prompted, promptVideo: video },
			];
		case 'image_to_video': {
			const body = { ...prompted, promptImage: image };
			return [body, { ...body, ratio: '1280:720' }, { ...body, ratio: '1280:720', duration: 5 }];
		}
		case 'text_to_image': {
			const references = image === undefined ? {} : { referenceImages: [{ uri: image }] };
			return ['1280:720', '1024:1024', '2048:2048', 'auto'].map((ratio) => ({
				...prompted,
				ratio,
				...references,
			}));
		}
		case 'video_upscale':
			return [
				{ model, videoUri: video },
				{ model, videoUri: video, targetFramerate: '30' },
			];
		case 'character_performance': {
			const character = { type: 'image', uri: image };
			return [{ model, character, reference: { type: 'video', uri: video } }];
		}
	}
}
