import { CREATE_ROUTES, type CreateRoute } from '../simulator/create/routes';
import { errorOf } from './answer';
import { about, codeIs, hasRequestId, isEnveloped, type FreeRow } from './freeRow';
import { answerTo } from './questions';
import { holdsIf, type TellingAnswer } from './verdict';

const isThere = ({ status }: TellingAnswer) => status !== 404;

function routeRow(route: CreateRoute): FreeRow {
	return about(`empty ${route}`, {
		id: `route-${route}`,
		assume: `POST /runwayml/v1/${route} exists`,
		asked: 'POST {} to it',
		judge: (answer) => isThere(answer) && answer.status !== 405,
	});
}

/** Whether a method tells the five routes from none. */
function methodRow(method: 'head' | 'options'): FreeRow {
	const name = method.toUpperCase();
	return {
		id: `create-${method}`,
		assume: `${name} on the create routes is answered (no 404), and would tell for nothing whether they exist`,
		asked: `${name} /runwayml/v1/{each of the five}`,
		judge: (answers) => {
			const ofRoutes = CREATE_ROUTES.map((route) => answerTo(answers, `${method} ${route}`));
			const statuses = ofRoutes.map((answer) =>
				'broken' in answer ? answer.broken : answer.status,
			);
			const isAnswered = ofRoutes.every((answer) => !('broken' in answer) && isThere(answer));
			return holdsIf(isAnswered, statuses.join(', '));
		},
	};
}

/** The five creates, by bodies that nothing can come of. */
export const CREATE_ROWS: FreeRow[] = [
	...CREATE_ROUTES.map(routeRow),
	methodRow('head'),
	methodRow('options'),
	about('no source', {
		id: 'refusal-status',
		assume: 'A create without its source is refused with 400',
		asked: 'POST video_to_video {model, promptText}',
		judge: ({ status }) => status === 400,
	}),
	about('no source', {
		id: 'refusal-envelope',
		assume: 'The refusal has the error envelope',
		asked: 'POST video_to_video {model, promptText}',
		judge: isEnveloped,
	}),
	about('no source', {
		id: 'refusal-request-id',
		assume: "The refusal's message has a request id",
		asked: 'POST video_to_video {model, promptText}',
		judge: hasRequestId,
	}),
	about('no such model', {
		id: 'unknown-model',
		assume: 'An unknown model is answered 503 with the code model_not_found',
		asked: 'POST video_to_video {model: "no-such-model-probe"}',
		telling: [503],
		judge: (answer) => answer.status === 503 && codeIs('model_not_found')(answer),
	}),
	about('no version', {
		id: 'version-header',
		assume: 'A create without X-Runway-Version is refused for that reason',
		asked: 'POST video_to_video {model, promptText} without the header',
		judge: (answer) => /version/i.test(errorOf(answer)?.message ?? ''),
	}),
];
