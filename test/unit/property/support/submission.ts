import {
	NodeApiError,
	NodeOperationError,
	type DeclarativeRestApiSettings,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { z } from 'zod';
import { transformBody } from '../../../../nodes/CometApiRunway/resources/video/transform.body';
import { createHook } from '../../../../nodes/CometApiRunway/submit/create';
import type { NodeError } from '../../../../nodes/shared/n8n/errors';
import type { ApiResponse } from '../../../../nodes/shared/http/outcome';
import { seededRandom } from '../../../../tools/clock/seededRandom';
import { give, ID_FORMS, ok, REFUSALS, REJECTIONS, RIDDLES } from './answers';
import { itemContext, itemsOf, type FakeRun } from './fakeContext';
import { BASE_URL, canceled, itemOfCreate } from './fakeServer';
import { must } from './must';
import { current, VirtualTime } from '../../../../tools/clock/virtualTime';

/** What one create meets. A riddle may hide an accepted task. */
export interface CreateEvent {
	meets: 'acceptance' | 'refusal' | 'rejection' | 'riddle';
	/** Which one of that kind. */
	which: number;
	takesMs: number;
	hidesTask: boolean;
}

export interface SubmissionPlan {
	/** For each item, what its creates meet one after the other; then they are accepted. */
	items: CreateEvent[][];
	maxConcurrency: number;
	retryUncertain: boolean;
	continueOnFail: boolean;
	/** Of *Retry On Fail*; 1 is without. */
	tries: number;
	/** How many of the first execution's tries n8n gives up while preparing the last item; the last try is none of them. */
	givenUp: number;
	/** How often the user presses *Retry execution*, should it fail. */
	retryExecutions: number;
	/** When the user presses Stop. */
	stopAfterMs?: number;
	seed: number;
}

/** One create as the server saw it. */
export interface Create {
	item: number;
	execution: number;
	meets: CreateEvent['meets'];
	/** Which answer of that kind. */
	answer: string;
	taskId?: string;
}

/** What one execution left for the user to see. */
export interface ExecutionEnd {
	output?: INodeExecutionData[];
	error?: NodeError;
}

export interface Submission {
	creates: Create[];
	ends: ExecutionEnd[];
	warnings: string[];
	/** The node's context as n8n stored it when Stop was pressed. */
	storedAtStop?: string;
	mostInFlight: number;
	/** In how many tries an item had been given its task by an earlier one. */
	knownAtTry: number;
	complaints: string[];
}

/** What n8n saves of a node's context: JSON. */
const savedContext = z.record(z.unknown());

const create = createHook(transformBody);

/** What n8n's engine has made of the operation's declaration. */
const REQUEST: DeclarativeRestApiSettings.ResultOptions = {
	options: {
		method: 'POST',
		url: '/runwayml/v1/video_to_video',
		baseURL: BASE_URL,
		timeout: 300_000,
	},
	preSend: [],
	postReceive: [],
};

/** Runs Video → Transform through all of a plan, as n8n's engine does, on virtual time. */
export async function submitByPlan(plan: SubmissionPlan): Promise<Submission> {
	const time = new VirtualTime();
	Object.assign(current, { time, random: seededRandom(plan.seed) });
	const submission: Submission = {
		creates: [],
		ends: [],
		warnings: [],
		mostInFlight: 0,
		knownAtTry: 0,
		complaints: [],
	};
	const stop = new AbortController();
	const run = fakeRun(plan, submission, stop.signal);
	if (plan.stopAfterMs !== undefined) {
		time.at(time.now() + plan.stopAfterMs, () => {
			submission.storedAtStop = JSON.stringify(run.storage);
			stop.abort();
		});
	}
	await time.run(async () => {
		for (let execution = 0; execution <= plan.retryExecutions; execution++) {
			const end = await execute(plan, run, execution === 0 ? plan.givenUp : 0, submission);
			submission.ends.push(end);
			if (!end.error || stop.signal.aborted) return;
			// What n8n has saved of the failed execution.
			run.storage = savedContext.parse(JSON.parse(JSON.stringify(run.storage)));
		}
	});
	return submission;
}

function fakeRun(plan: SubmissionPlan, submission: Submission, signal: AbortSignal): FakeRun {
	const { maxConcurrency, retryUncertain, continueOnFail } = plan;
	return {
		items: itemsOf(...plan.items.map(() => ({}))),
		parameters: {
			videoSource: 'url',
			videoUrl: 'https://media.example/clip.mp4',
			promptText: (item: number) => `clip ${item}`,
			model: 'gen4_aleph',
			ratio: '1280:720',
			options: { maxConcurrency, retryUncertain },
		},
		storage: {},
		continueOnFail,
		signal,
		answer: server(plan, submission),
		complaints: submission.complaints,
		onWarning: (text) => submission.warnings.push(text),
	};
}

/** The server: takes each item's events in turn, and keeps account. */
function server(plan: SubmissionPlan, submission: Submission): FakeRun['answer'] {
	const left = plan.items.map((events) => [...events]);
	let inFlight = 0;
	return async (request, signal): Promise<ApiResponse> => {
		const item = itemOfCreate(request);
		const event = left[item].shift() ?? {
			meets: 'acceptance',
			which: 0,
			takesMs: 100,
			hidesTask: false,
		};
		const isAccepted =
			event.meets === 'acceptance' || (event.meets === 'riddle' && event.hidesTask);
		const create: Create = {
			item,
			execution: submission.ends.length,
			meets: event.meets,
			answer: answerNameOf(event),
		};
		if (isAccepted) create.taskId = `task-${submission.creates.length}-of-item-${item}`;
		submission.creates.push(create);
		inFlight += 1;
		submission.mostInFlight = Math.max(submission.mostInFlight, inFlight);
		await current.time.sleep(event.takesMs);
		inFlight -= 1;
		// The client that n8n has broken off never sees the answer.
		if (signal?.aborted) throw canceled();
		return answerTo(event, create.taskId);
	};
}

/** Every answer that a create can meet, by what it means. */
const ANSWERS = { refusal: REFUSALS, rejection: REJECTIONS, riddle: RIDDLES };

/** The names of all answers, those of an acceptance being the forms of the id. */
export const ANSWER_NAMES = [
	...ID_FORMS.map((_, form) => `acceptance ${form}`),
	...Object.entries(ANSWERS).flatMap(([meets, answers]) =>
		Object.keys(answers).map((name) => `${meets} ${name}`),
	),
];

function answerNameOf({ meets, which }: CreateEvent): string {
	if (meets === 'acceptance') return `acceptance ${which % ID_FORMS.length}`;
	const names = Object.keys(ANSWERS[meets]);
	return `${meets} ${names[which % names.length]}`;
}

function answerTo({ meets, which }: CreateEvent, taskId = ''): ApiResponse {
	if (meets === 'acceptance') return ok(ID_FORMS[which % ID_FORMS.length](taskId));
	const answers = Object.values(ANSWERS[meets]);
	return give(answers[which % answers.length]);
}

/** One execution of the node: n8n's tries, each of which asks for all items at once. */
async function execute(
	plan: SubmissionPlan,
	run: FakeRun,
	givenUp: number,
	submission: Submission,
): Promise<ExecutionEnd> {
	const executeData = { data: { main: [run.items] } };
	const submitItem = async (_: unknown, item: number) =>
		await create.call(itemContext<IExecutePaginationFunctions>(run, item, executeData), REQUEST);
	let end: ExecutionEnd = {};
	for (let attempt = 0; attempt < plan.tries; attempt++) {
		if (attempt > 0) await current.time.sleep(1_000);
		if (attempt < Math.min(givenUp, plan.tries - 1) && !plan.continueOnFail) {
			// A field's expression has failed: n8n forgets the items it has started already.
			void run.items.slice(0, -1).map(submitItem);
			await current.time.sleep(1_000);
			must(submission.creates.length === 0, () => 'A run that was given up has created tasks');
			continue;
		}
		submission.knownAtTry += itemsWithTask(submission);
		end = readSettled(await Promise.allSettled(run.items.map(submitItem)));
		// With On Error set to continue, n8n looks at the first item to tell whether the node failed.
		if (!end.error && end.output?.[0]?.json.error === undefined) return end;
	}
	return end;
}

/** How many items have been given their task so far. */
function itemsWithTask({ creates }: Submission): number {
	return creates.filter(({ meets }) => meets === 'acceptance').length;
}

function readSettled(settled: Array<PromiseSettledResult<INodeExecutionData[]>>): ExecutionEnd {
	for (const each of settled) {
		if (each.status === 'fulfilled') continue;
		const error: unknown = each.reason;
		if (error instanceof NodeApiError || error instanceof NodeOperationError) return { error };
		throw error;
	}
	return { output: settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])) };
}
