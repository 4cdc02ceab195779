import { z } from 'zod';
import { errorOf, summaryOf } from './answer';
import { CREATE_ROWS } from './createRows';
import { about, codeIs, type FreeRow } from './freeRow';
import { CATALOGUE_ROWS, KEY_ROWS } from './listRows';
import { answerTo } from './questions';
import { createdIdOf } from './taskView';
import { holdsIf, judgeAnswer, untold } from './verdict';

const TASK_ROWS: FreeRow[] = [
	about('unknown task', {
		id: 'unknown-task-code',
		assume: 'An unknown task id is answered with the code task_not_exist',
		asked: 'GET /runwayml/v1/tasks/{random id}',
		judge: codeIs('task_not_exist'),
	}),
	about('unknown task', {
		id: 'unknown-task-status',
		assume: 'Its status is 400',
		asked: 'GET /runwayml/v1/tasks/{random id}',
		judge: ({ status }) => status === 400,
	}),
	{
		id: 'read-without-version',
		assume: 'Reading needs no X-Runway-Version: the answer is the same',
		asked: 'GET /runwayml/v1/tasks/{random id} without the header',
		judge: (answers) =>
			judgeAnswer(answerTo(answers, 'unknown task without version'), (without) => {
				const as = answerTo(answers, 'unknown task');
				return 'broken' in as
					? untold(summaryOf(as))
					: as.status === without.status && errorOf(as)?.code === errorOf(without)?.code;
			}),
	},
];

/** The gateway family says `success: false` with 200, too. */
const succeeded = z.object({ success: z.literal(true).optional() });

const ACCOUNT_ROWS: FreeRow[] = (
	[
		['usage', 'usage', 'The usage of the key', '/api/usage/token/'],
		[
			'log',
			'log',
			'The log of the key (which would tell whether an uncertain create was charged)',
			'/api/log/token',
		],
		[
			'subscription',
			'billing-subscription',
			"The key's limit",
			'/v1/dashboard/billing/subscription',
		],
		['billed', 'billing-usage', 'What the key has spent', '/v1/dashboard/billing/usage'],
	] as const
).map(([name, id, what, path]) =>
	about(name, {
		id,
		assume: `${what} can be read with the key in a header`,
		asked: `GET ${path}`,
		telling: [401, 403],
		judge: (answer) =>
			answer.status === 200 && !errorOf(answer) && succeeded.safeParse(answer.json).success,
	}),
);

const EVERY_ANSWER_ROWS: FreeRow[] = [
	{
		id: 'no-redirects',
		assume: 'No request of the API is redirected',
		asked: 'all of the above',
		judge: (answers) => {
			const redirected = [...answers].filter(
				([, answer]) => !('broken' in answer) && answer.status >= 300 && answer.status < 400,
			);
			const seen = redirected.map(([name, answer]) => `${name}: ${summaryOf(answer)}`);
			return holdsIf(seen.length === 0, seen.join('; ') || 'none');
		},
	},
	{
		id: 'nothing-bought',
		assume: 'No create with an impossible body is accepted',
		asked: 'all of the above',
		judge: (answers) => {
			const accepted = [...answers].filter(
				([name, answer]) => /^(empty|no) /.test(name) && createdIdOf(answer),
			);
			const seen = accepted.map(([name]) => name).join(', ');
			return holdsIf(seen === '', seen ? `accepted: ${seen}` : 'none');
		},
	},
];

/** What we assume and can be asked for nothing. */
export const FREE_ROWS: FreeRow[] = [
	...KEY_ROWS,
	...CATALOGUE_ROWS,
	...TASK_ROWS,
	...CREATE_ROWS,
	...ACCOUNT_ROWS,
	...EVERY_ANSWER_ROWS,
];
