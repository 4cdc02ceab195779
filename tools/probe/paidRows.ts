import { z } from 'zod';
import { fileKindOf, CONTENT_TYPES } from '../simulator/outputKind';
import { summaryOf } from './answer';
import type { PaidStory } from './paidStory';
import {
	createdIdOf,
	estimateOf,
	hasFinished,
	hasSucceeded,
	isKnownStatus,
	isMissing,
	taskOf,
	type TaskView,
} from './taskView';
import { holdsIf, judgeAnswer, untold, type Judgement, type Row } from './verdict';

type PaidRow = Row<PaidStory>;

const HOUR_MS = 3_600_000;
const MISSING_UP_TO_MS = 10 * 60_000;

const tasksOf = ({ reads }: PaidStory): TaskView[] =>
	reads.flatMap(({ answer }) => taskOf(answer) ?? []);
const endOf = (story: PaidStory) => tasksOf(story).filter(hasFinished).at(-1);
const listed = (texts: Array<string | number>) => [...new Set(texts)].join(', ') || 'none';

/** Judges what the reads told of the task. */
function aboutTasks(judge: (tasks: TaskView[]) => Judgement): PaidRow['judge'] {
	return (story) => {
		const tasks = tasksOf(story);
		return tasks.length > 0 ? judge(tasks) : untold('the task was never read');
	};
}

const CREATE_ROWS: PaidRow[] = [
	{
		id: 'accepted',
		assume: 'The create is accepted with 200 and an id',
		asked: 'one create',
		judge: ({ created }) =>
			judgeAnswer(
				created,
				({ status }) => status === 200 && createdIdOf(created) !== undefined,
				[403, 503],
			),
	},
	{
		id: 'id-place',
		assume: 'The id is the text `id` of the answer',
		asked: 'one create',
		judge: ({ id }) =>
			id
				? holdsIf(id.place === 'id' && typeof id.id === 'string', `${id.place}, a ${typeof id.id}`)
				: untold('no id'),
	},
];

const READ_ROWS: PaidRow[] = [
	{
		id: 'missing-for',
		assume: 'A fresh id is task_not_exist for less than 10 minutes',
		asked: 'reads from the create on',
		judge: (story) => {
			const missing = story.reads.filter(({ answer }) => isMissing(answer));
			if (story.reads.length === 0) return untold('no id');
			const lastMs = missing.at(-1)?.afterMs;
			const seen =
				lastMs === undefined ? 'never' : `until ${Math.round(lastMs / 1000)} s after the create`;
			return holdsIf((lastMs ?? 0) < MISSING_UP_TO_MS, seen);
		},
	},
	{
		id: 'task-shape',
		assume: 'Every read is a task in the bare shape',
		asked: 'reads from the create on',
		judge: aboutTasks((tasks) =>
			holdsIf(
				tasks.every(({ shape }) => shape === 'bare'),
				listed(tasks.map(({ shape }) => shape)),
			),
		),
	},
	{
		id: 'statuses',
		assume: 'Every status is one that we know',
		asked: 'reads from the create on',
		judge: aboutTasks((tasks) => {
			const statuses = tasks.map(({ status }) => status);
			return holdsIf(statuses.every(isKnownStatus), listed(statuses));
		}),
	},
	{
		id: 'progress',
		assume: 'While it runs, its progress is told and grows',
		asked: 'reads from the create on',
		judge: aboutTasks((tasks) => {
			const running = tasks.filter(({ status }) => ['RUNNING', 'IN_PROGRESS'].includes(status));
			if (running.length === 0) return untold('never seen running');
			const figures = running.flatMap(({ progress }) => progress ?? []);
			const values = figures.map((figure) => Number.parseFloat(String(figure)));
			const grows = values.every((value, index) => index === 0 || value >= values[index - 1]);
			return holdsIf(figures.length > 0 && grows, listed(figures));
		}),
	},
	{
		id: 'finished',
		assume: 'It ends within the time, and succeeds',
		asked: 'reads until its end',
		judge: (story) => {
			const end = endOf(story);
			if (!end) return untold('no end seen');
			const seconds = Math.round((story.reads.at(-1)?.afterMs ?? 0) / 1000);
			return holdsIf(hasSucceeded(end), `${end.status} after ${seconds} s`);
		},
	},
];

const COST_ROWS: PaidRow[] = [
	{
		id: 'estimated-cost',
		assume: "Runway's estimatedCost comes with the create's answer",
		asked: 'one create',
		judge: ({ created, id }) => {
			const credits = estimateOf(created);
			return id ? holdsIf(credits !== undefined, `${credits ?? 'no'} credits`) : untold('no id');
		},
	},
	{
		id: 'cost',
		assume: "Runway's cost comes with the finished task",
		asked: 'reads until its end',
		judge: (story) => {
			const end = endOf(story);
			if (!end) return untold('no end seen');
			const { chargedCredits } = end;
			return holdsIf(chargedCredits !== undefined, `${chargedCredits ?? 'no'} credits`);
		},
	},
	{
		id: 'log-tells-create',
		assume:
			'The log of the key has an entry since the create, so that it would tell an uncertain one',
		asked: 'GET /api/log/token after the end',
		judge: ({ log, sentAt }) => {
			if (!log || 'broken' in log) return untold('not asked');
			const { data } = logEntries.safeParse(log.json);
			if (!data) return untold(summaryOf(log));
			const since = data.data.filter(({ created_at: at }) => at >= Math.floor(sentAt / 1000));
			return holdsIf(since.length > 0, listed(since.map((entry) => entry.model_name ?? 'unnamed')));
		},
	},
];

const logEntries = z.object({
	data: z.array(z.object({ created_at: z.number(), model_name: z.string().optional() })),
});

/** Judges the first output URL of the finished task. */
function aboutUrl(judge: (url: URL, story: PaidStory) => Judgement): PaidRow['judge'] {
	return (story) => {
		const [url] = endOf(story)?.outputUrls ?? [];
		return url && URL.canParse(url) ? judge(new URL(url), story) : untold('no output');
	};
}

function aboutHead(judge: (headers: Record<string, string>, story: PaidStory) => Judgement) {
	return aboutUrl((_url, story) => {
		const { head } = story;
		if (!head || 'broken' in head) return untold('no answer to HEAD');
		return head.status === 200 ? judge(head.headers, story) : untold(`HEAD answers ${head.status}`);
	});
}

const tokenPayload = z.object({ exp: z.number() });

/** Epoch ms at which the URL's `_jwt` expires. */
function expiryOf(url: URL): number | undefined {
	const payload = url.searchParams.get('_jwt')?.split('.')[1] ?? '';
	try {
		const json: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
		const { data } = tokenPayload.safeParse(json);
		return data && data.exp * 1000;
	} catch {
		return undefined;
	}
}

const OUTPUT_ROWS: PaidRow[] = [
	{
		id: 'output-expiry',
		assume: 'The output URL has a _jwt that expires in 24 to 48 hours',
		asked: 'the URL of the finished task',
		judge: aboutUrl((url, { lastReadAt }) => {
			const expiresAt = expiryOf(url);
			if (expiresAt === undefined) {
				return holdsIf(false, `none; its parameters: ${listed([...url.searchParams.keys()])}`);
			}
			const hours = (expiresAt - lastReadAt) / HOUR_MS;
			// Cut to whole seconds, and signed a moment before it was read.
			return holdsIf(hours > 23.9 && hours < 48.1, `in ${hours.toFixed(1)} hours`);
		}),
	},
	{
		id: 'output-fresh',
		assume: 'A second read gives a fresh URL',
		asked: 'one more read of the finished task',
		judge: aboutUrl((url, { readAgain }) => {
			const [again] = (readAgain && taskOf(readAgain)?.outputUrls) ?? [];
			if (!again) return untold('no second URL');
			return holdsIf(again !== url.href, again === url.href ? 'the same' : 'another');
		}),
	},
	{
		id: 'output-head',
		assume: 'The output answers HEAD with 200, without a key',
		asked: 'HEAD of the output',
		judge: aboutUrl((_url, { head }) =>
			head
				? judgeAnswer(head, ({ status }) => holdsIf(status === 200, String(status)))
				: untold('not asked'),
		),
	},
	{
		id: 'output-type',
		assume: "Its Content-Type is that of the model's kind of file",
		asked: 'HEAD of the output',
		judge: aboutHead(({ 'content-type': type = 'none' }, { order }) =>
			holdsIf(type.startsWith(CONTENT_TYPES[fileKindOf(order.route)]), type),
		),
	},
	{
		id: 'output-length',
		assume: 'Its Content-Length is told',
		asked: 'HEAD of the output',
		judge: aboutHead(({ 'content-length': length }) =>
			holdsIf(Number(length) > 0, length === undefined ? 'none' : `${length} bytes`),
		),
	},
];

/** What we assume and is told by a task that is paid for. */
export const PAID_ROWS: PaidRow[] = [...CREATE_ROWS, ...READ_ROWS, ...COST_ROWS, ...OUTPUT_ROWS];
