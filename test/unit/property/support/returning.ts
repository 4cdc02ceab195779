import {
	NodeApiError,
	NodeOperationError,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { z } from 'zod';
import { transformBody } from '../../../../nodes/CometApiRunway/resources/video/transform.body';
import { createHook } from '../../../../nodes/CometApiRunway/submit/create';
import type { NodeError } from '../../../../nodes/shared/n8n/errors';
import type { ApiResponse } from '../../../../nodes/shared/http/outcome';
import { seededRandom } from '../../../../tools/clock/seededRandom';
import { current, VirtualTime } from '../../../../tools/clock/virtualTime';
import { ok } from './answers';
import { itemContext, itemsOf, type FakeRun } from './fakeContext';
import { FakeEngine, type Hidden } from './fakeEngine';
import { BASE_URL, taskOfRead } from './fakeServer';

/** One item: how often its create is refused, what then comes of it, and of its task. */
export interface ItemPlan {
	refusals: number;
	create: 'accepted' | 'lost after the acceptance';
	lifeMs: number;
	outcome: 'SUCCEEDED' | 'FAILED';
}

export interface ReturnPlan {
	items: ItemPlan[];
	continueOnFail: boolean;
	/** Of *Retry On Fail*; 1 is without. */
	tries: number;
	/** Whether the body is another one each time it is read. */
	changesBody: boolean;
	hidden: Hidden;
	seed: number;
}

export interface Returned {
	/** The item of each create, and its task where there is one, in order. */
	creates: Array<{ item: number; taskId?: string }>;
	/** How many creates there had been when each suspended execution was resumed, and after that go's first try. */
	resumed: Array<{ before: number; after: number }>;
	output?: INodeExecutionData[];
	error?: NodeError;
	suspensions: number;
	complaints: string[];
}

const REQUEST = {
	options: { method: 'POST' as const, url: '/runwayml/v1/video_to_video', baseURL: BASE_URL },
	preSend: [],
	postReceive: [],
};
const create = createHook(transformBody);
const sentBody = z
	.instanceof(Buffer)
	.transform((body) => z.object({ promptText: z.string() }).parse(JSON.parse(body.toString())));

/** Creates and waits in one node, as n8n's engine runs it over all suspensions and tries, on virtual time. */
export async function returnByPlan(plan: ReturnPlan): Promise<Returned> {
	const time = new VirtualTime();
	Object.assign(current, { time, random: seededRandom(plan.seed) });
	const complaints: string[] = [];
	const returned: Returned = { creates: [], resumed: [], suspensions: 0, complaints };
	const run = fakeRun(plan, returned);
	const engine = new FakeEngine(run.items, plan.hidden);
	let goes = 0;
	await time.run(async () => {
		try {
			await engine.runToTheEnd(
				async (inside) => await tryGo(plan, { ...run, inside }, goes++, returned),
				async (until) => await time.sleep(until - time.now()),
				() => false,
			);
		} catch (error) {
			if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
			returned.error = error;
		}
	});
	returned.output = engine.outputs.at(-1);
	returned.suspensions = engine.suspensions;
	return returned;
}

/** One go of the node, with n8n's tries: after an error, and after an item that comes first and has one. */
async function tryGo(
	plan: ReturnPlan,
	run: FakeRun,
	go: number,
	returned: Returned,
): Promise<INodeExecutionData[]> {
	const before = returned.creates.length;
	const inside = { ...run.inside, getWorkflowDataProxy: () => ({ $runIndex: go }) };
	const attempt = async () => {
		const settled = await Promise.allSettled(
			run.items.map(async (_, item) => {
				const context = itemContext<IExecutePaginationFunctions>({ ...run, inside }, item);
				return await create.call(context, REQUEST);
			}),
		);
		const failed = settled.find((each) => each.status === 'rejected');
		if (failed) throw failed.reason;
		return settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
	};
	for (let tries = 1; ; tries++) {
		try {
			const output = await attempt();
			if (output[0]?.json.error === undefined || tries === plan.tries) return output;
		} catch (error) {
			if (tries === plan.tries) throw error;
		} finally {
			const after = returned.creates.length;
			if (go > 0 && tries === 1) returned.resumed.push({ before, after });
		}
		await current.time.sleep(1_000);
	}
}

function fakeRun(plan: ReturnPlan, returned: Returned): FakeRun {
	let reads = 0;
	return {
		items: itemsOf(...plan.items.map(() => ({}))),
		parameters: {
			videoSource: 'url',
			videoUrl: 'https://media.example/clip.mp4',
			promptText: (item: number) => `clip ${item}${plan.changesBody ? ` ${reads++}` : ''}`,
			model: 'gen4_aleph',
			ratio: '1280:720',
			returnAs: 'url',
			options: { timeoutMinutes: 600 },
		},
		storage: {},
		continueOnFail: plan.continueOnFail,
		answer: serve(plan, returned),
		complaints: returned.complaints,
	};
}

const REFUSAL: ApiResponse = { statusCode: 403, headers: {}, body: { error: { message: 'No' } } };

/** The server: creates as planned, and tasks that live from then on. */
function serve({ items }: ReturnPlan, { creates }: Returned): FakeRun['answer'] {
	const bornAt = new Map<string, number>();
	return async (request: IHttpRequestOptions): Promise<ApiResponse> => {
		await current.time.sleep(100);
		if (request.method === 'GET') {
			const taskId = taskOfRead(request);
			const { lifeMs, outcome } = items[itemOf(taskId)];
			const isOver = current.time.now() - bornAt.get(taskId)! >= lifeMs;
			if (!isOver) return ok({ id: taskId, status: 'RUNNING' });
			return ok({ id: taskId, status: outcome, output: [`https://cdn.example/${taskId}.mp4`] });
		}
		const item = Number(sentBody.parse(request.body).promptText.split(' ')[1]);
		const sent = creates.filter((each) => each.item === item).length;
		if (sent < items[item].refusals) {
			creates.push({ item });
			return REFUSAL;
		}
		const taskId = `task-${creates.length}-of-item-${item}`;
		creates.push({ item, taskId });
		bornAt.set(taskId, current.time.now());
		return items[item].create === 'accepted'
			? ok({ id: taskId })
			: { statusCode: 200, headers: {}, body: {} };
	};
}

/** The item whose create a task comes from. */
export const itemOf = (taskId: string): number => Number(taskId.split('-').at(-1));
