import { randomUUID } from 'node:crypto';
import { CREATE_ROUTES, type CreateRoute } from '../simulator/create/routes';
import { ask, type Answer, type Question } from './answer';

/** Whom to ask. */
export interface Target {
	/** Without a slash at its end. */
	baseUrl: string;
	apiKey: string;
}

export const RUNWAY_VERSION = { 'x-runway-version': '2024-11-06' };
export const withKey = ({ apiKey }: Target) => ({ authorization: `Bearer ${apiKey}` });
export const createUrl = ({ baseUrl }: Target, route: CreateRoute) =>
	`${baseUrl}/runwayml/v1/${route}`;
export const taskUrl = ({ baseUrl }: Target, id: string) => `${baseUrl}/runwayml/v1/tasks/${id}`;
export const LOG_PATH = '/api/log/token';

/** No create can come of it: there is nothing to work on in it. */
const NO_SOURCE = { model: 'gen4_aleph', promptText: 'probe' };
const NO_SUCH_MODEL = { model: 'no-such-model-probe' };

type RouteQuestion = `${'head' | 'options' | 'empty'} ${CreateRoute}`;
export type QuestionName =
	| 'models'
	| 'models without key'
	| 'catalogue'
	| 'unknown task'
	| 'unknown task without version'
	| 'no source'
	| 'no such model'
	| 'no version'
	| 'usage'
	| 'log'
	| 'subscription'
	| 'billed'
	| RouteQuestion;

/** What was answered to everything that costs nothing. */
export type FreeAnswers = ReadonlyMap<QuestionName, Answer>;

export function answerTo(answers: FreeAnswers, name: QuestionName): Answer {
	return answers.get(name) ?? { broken: 'not asked' };
}

/** Everything that can be asked for nothing. The creates in it have bodies that nothing can come of. */
function freeQuestions(target: Target): Array<[QuestionName, Question]> {
	const { baseUrl } = target;
	const headers = { ...withKey(target), ...RUNWAY_VERSION };
	const get = (path: string): Question => ({
		method: 'GET',
		url: baseUrl + path,
		headers: withKey(target),
	});
	const create = (body: object, others: Record<string, string> = headers): Question => ({
		method: 'POST',
		url: createUrl(target, 'video_to_video'),
		headers: others,
		body,
	});
	return [
		['models', get('/v1/models')],
		['models without key', { method: 'GET', url: `${baseUrl}/v1/models` }],
		['catalogue', { method: 'GET', url: `${baseUrl}/api/models` }],
		['unknown task', { method: 'GET', url: taskUrl(target, randomUUID()), headers }],
		['unknown task without version', get(`/runwayml/v1/tasks/${randomUUID()}`)],
		...CREATE_ROUTES.flatMap((route) => routeQuestions(createUrl(target, route), route, headers)),
		['no source', create(NO_SOURCE)],
		['no such model', create(NO_SUCH_MODEL)],
		['no version', create(NO_SOURCE, withKey(target))],
		['usage', get('/api/usage/token/')],
		['log', get(LOG_PATH)],
		['subscription', get('/v1/dashboard/billing/subscription')],
		['billed', get('/v1/dashboard/billing/usage')],
	];
}

function routeQuestions(
	url: string,
	route: CreateRoute,
	headers: Record<string, string>,
): Array<[RouteQuestion, Question]> {
	return [
		[`head ${route}`, { method: 'HEAD', url, headers }],
		[`options ${route}`, { method: 'OPTIONS', url, headers }],
		[`empty ${route}`, { method: 'POST', url, headers, body: {} }],
	];
}

/**
 * Asks one after the other, so that no rate limit is met.
 *
 * @param onAsk gets each question's number, how many there are, and its name
 */
export async function askForFree(
	target: Target,
	onAsk: (nth: number, count: number, name: string) => void,
): Promise<FreeAnswers> {
	const questions = freeQuestions(target);
	const answers = new Map<QuestionName, Answer>();
	for (const [index, [name, question]] of questions.entries()) {
		onAsk(index + 1, questions.length, name);
		answers.set(name, await ask(question));
	}
	return answers;
}
