import { z } from 'zod';
import { errorOf, type Answer } from './answer';

const id = z.union([z.string().min(1), z.number()]);

/** The places that clients in the wild read a created id from, in the order they are looked at. */
const ID_PLACES = [
	['id', z.object({ id }).transform((body) => body.id)],
	['task_id', z.object({ task_id: id }).transform((body) => body.task_id)],
	[
		'data.task_id',
		z.object({ data: z.object({ task_id: id }) }).transform((body) => body.data.task_id),
	],
	['data', z.object({ data: id }).transform((body) => body.data)],
] as const;

export interface CreatedId {
	place: (typeof ID_PLACES)[number][0];
	id: string | number;
}

/** Where a create's answer has the id; undefined where it has none. */
export function createdIdOf(answer: Answer): CreatedId | undefined {
	if ('broken' in answer || answer.status >= 300) return undefined;
	for (const [place, schema] of ID_PLACES) {
		const { data } = schema.safeParse(answer.json);
		if (data !== undefined) return { place, id: data };
	}
	return undefined;
}

const credits = z.object({ credits: z.number() }).optional().catch(undefined);
const bare = z.object({
	status: z.string(),
	progress: z.union([z.number(), z.string()]).optional(),
	output: z.array(z.string()).optional().catch(undefined),
	estimatedCost: credits,
	cost: credits,
});
const wrapped = z.object({
	data: z.object({
		status: z.string(),
		progress: z.union([z.number(), z.string()]).optional(),
		fail_reason: z.string().optional(),
		result_url: z.string().optional(),
		video_url: z.string().optional(),
		data: bare.partial().nullish().catch(undefined),
	}),
});

/** A read task in either of the two documented shapes. */
export interface TaskView {
	shape: 'bare' | 'wrapped';
	status: string;
	progress?: number | string;
	outputUrls: string[];
	estimatedCredits?: number;
	chargedCredits?: number;
}

/** Undefined where the answer is no task. */
export function taskOf(answer: Answer): TaskView | undefined {
	if ('broken' in answer || answer.status !== 200) return undefined;
	const { data: plain } = bare.safeParse(answer.json);
	if (plain) return viewOf('bare', plain, plain, plain.output ?? []);
	const { data: outer } = wrapped.safeParse(answer.json);
	if (!outer) return undefined;
	const { data: task } = outer;
	const urls = [task.result_url, task.video_url, task.fail_reason].filter(isUrl);
	return viewOf('wrapped', task, task.data ?? {}, task.data?.output ?? urls.slice(0, 1));
}

function viewOf(
	shape: TaskView['shape'],
	{ status, progress }: { status: string; progress?: number | string },
	{ estimatedCost, cost }: Partial<z.output<typeof bare>>,
	outputUrls: string[],
): TaskView {
	return {
		shape,
		status,
		progress,
		outputUrls,
		estimatedCredits: estimatedCost?.credits,
		chargedCredits: cost?.credits,
	};
}

const isUrl = (text: string | undefined): text is string => /^https?:/.test(text ?? '');

/** The estimate in a create's answer, which is no task. */
export function estimateOf(answer: Answer): number | undefined {
	const schema = z.object({ estimatedCost: credits });
	return 'broken' in answer
		? undefined
		: schema.safeParse(answer.json).data?.estimatedCost?.credits;
}

export function isMissing(answer: Answer): boolean {
	return errorOf(answer)?.code === 'task_not_exist';
}

const SUCCEEDED = ['SUCCEEDED', 'SUCCESS'];
const FINISHED = [...SUCCEEDED, 'FAILED', 'FAILURE', 'CANCELLED'];
const UNDER_WAY = [
	'PENDING',
	'THROTTLED',
	'RUNNING',
	'NOT_START',
	'SUBMITTED',
	'QUEUED',
	'IN_PROGRESS',
	'UNKNOWN',
];

export const hasSucceeded = ({ status }: TaskView) => SUCCEEDED.includes(status);
export const hasFinished = ({ status }: TaskView) => FINISHED.includes(status);
export const isKnownStatus = (status: string) => [...FINISHED, ...UNDER_WAY].includes(status);
