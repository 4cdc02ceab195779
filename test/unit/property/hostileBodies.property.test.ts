import '../support/onVirtualTime';
import fc from 'fast-check';
import './support/shrinking';
import { z } from 'zod';
import {
	NodeApiError,
	NodeOperationError,
	type DeclarativeRestApiSettings,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { getTask } from '../../../nodes/CometApiRunway/task/get';
import { wait } from '../../../nodes/CometApiRunwayWait/wait';
import { parseCreatedTaskId } from '../../../nodes/shared/task/wireShapes';
import { parseTask } from '../../../nodes/shared/task/task';
import { expectNoEmptyValues, TASK_ID } from '../support/taskBodies';
import { itemContext, itemsOf, runContext, type FakeRun } from './support/fakeContext';
import { bodyText, DAMAGES, type BodyPlan } from './support/hostileBodies';
import { BASE_URL, taskOfRead } from './support/fakeServer';
import { must } from './support/must';
import { current, VirtualTime } from '../../../tools/clock/virtualTime';

const BODIES = 10_000;
const LONGEST_MS = 1_000;

interface AnswerPlan extends BodyPlan {
	statusCode: number;
	contentType: string;
	reader: 'wait' | 'get';
}

const answerPlan: fc.Arbitrary<AnswerPlan> = fc.record({
	base: fc.nat(7),
	changes: fc.array(
		fc.record({
			how: fc.constantFrom('replace', 'replace', 'remove', 'rename', 'add', 'nest'),
			at: fc.nat(60),
			value: fc.nat(100),
		}),
		{ maxLength: 4 },
	),
	damage: fc.constantFrom(...DAMAGES),
	damageAt: fc.nat(2_000),
	statusCode: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(200) },
		{ weight: 1, arbitrary: fc.constantFrom(201, 204, 302, 400, 404, 429, 500, 503) },
	),
	contentType: fc.constantFrom(
		'application/json',
		'application/json',
		'application/json',
		'application/json; charset=utf-16',
		'text/plain',
		'text/html',
		'',
	),
	reader: fc.constantFrom('wait', 'get'),
});

/** It took a minute once: chance alone comes by it too seldom. */
const FIFTY_THOUSAND_BLANKS: AnswerPlan = {
	base: 7,
	changes: [
		{ how: 'add', at: 0, value: 0 },
		{ how: 'replace', at: 43, value: 56 },
	],
	damage: 'none',
	damageAt: 0,
	statusCode: 200,
	contentType: 'application/json',
	reader: 'get',
};

/** What n8n's HTTP helper makes of a body: the value where it is JSON, else the text. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** What n8n's engine has made of the operation's declaration. */
const REQUEST: DeclarativeRestApiSettings.ResultOptions = {
	options: { method: 'GET', url: '/runwayml/v1/tasks', baseURL: BASE_URL },
	preSend: [],
	postReceive: [],
};

/** Reads the task by one of the nodes, every look being answered alike; gives the items that are no errors. */
async function readBy(reader: AnswerPlan['reader'], run: FakeRun): Promise<INodeExecutionData[]> {
	if (reader === 'wait') return await wait(runContext<IExecuteFunctions>(run));
	const context = itemContext<IExecutePaginationFunctions>(run, 0, { data: { main: [run.items] } });
	return await getTask.call(context, REQUEST);
}

/** What came of the answer, in a word; throws where a promise is broken. */
async function meet({ reader, statusCode, contentType, ...plan }: AnswerPlan): Promise<string> {
	Object.assign(current, { time: new VirtualTime(), random: () => 0.5 });
	const text = bodyText(plan);
	const body = parsed(text);
	let asked = 0;
	const run: FakeRun = {
		items: itemsOf({ taskId: TASK_ID }),
		parameters: { taskId: TASK_ID, timeoutMinutes: 0.3, options: {}, simplify: true },
		storage: {},
		continueOnFail: false,
		complaints: [],
		answer: async (request) => {
			must(taskOfRead(request) === TASK_ID, () => 'Another task was asked for');
			asked += 1;
			return { statusCode, headers: { 'content-type': contentType }, body };
		},
	};
	checkReadings(body, text);
	const end = await endOf(reader, run, text);
	must(run.complaints.length === 0, () => run.complaints.join('; '));
	must(asked > 0, () => 'Nobody asked for the task');
	return end;
}

async function endOf(reader: AnswerPlan['reader'], run: FakeRun, text: string): Promise<string> {
	try {
		const items = await current.time.run(async () => await readBy(reader, run));
		items.forEach(({ json }) => checkTask(json, text, reader));
		return items.length === 0 ? 'nothing' : String(items[0].json.status);
	} catch (error) {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) return 'error';
		throw error;
	}
}

function checkReadings(body: unknown, text: string): void {
	const reading = parseTask(body, TASK_ID);
	expectNoEmptyValues(reading);
	if (reading.kind === 'task') checkTask(reading.task, text, 'get');
	const created = parseCreatedTaskId(body);
	must(
		created === undefined || created.trim() !== '',
		() => `"${String(created)}" is taken for an id`,
	);
}

function checkTask(
	task: Record<string, unknown>,
	text: string,
	reader: AnswerPlan['reader'],
): void {
	must(task.taskId === TASK_ID, () => `The task came out as ${String(task.taskId)}`);
	const progress = Number(task.progress ?? 0);
	must(progress >= 0 && progress <= 1, () => `Its progress is ${progress}`);
	if (task.status !== 'SUCCEEDED')
		return must(reader === 'get', () => `It came out as ${String(task.status)}`);
	must(/SUCCE(SS|EDED)/i.test(text), () => 'A task that has not succeeded came out as a success');
	const urls = z.array(z.string()).parse(task.outputUrls);
	must(urls.length > 0 && urls[0] === task.outputUrl, () => 'It succeeded without a URL');
	for (const url of urls)
		must(
			/^https?:$/.test(new URL(url).protocol) && text.includes(url),
			() => `"${url}" is taken for an output`,
		);
}

test(`${BODIES} bodies: each is read in no time, throws nothing of its own, and is no success without a URL`, async () => {
	const seen: Record<string, number> = {};
	const property = fc.asyncProperty(answerPlan, async (plan) => {
		const startedAt = performance.now();
		const end = await meet(plan);
		const tookMs = performance.now() - startedAt;
		must(tookMs < LONGEST_MS, () => `It took ${tookMs} ms`);
		must(
			Object.keys(Object.prototype).length === 0 && !('polluted' in {}) && !('polluted' in []),
			() => 'A prototype is polluted',
		);
		seen[end] = (seen[end] ?? 0) + 1;
	});
	await fc.assert(property, { numRuns: BODIES, examples: [[FIFTY_THOUSAND_BLANKS]] });
	// Else the bodies would be too broken to test anything but the first look at them.
	for (const end of ['SUCCEEDED', 'FAILED', 'RUNNING', 'error'])
		expect(seen[end]).toBeGreaterThan(50);
}, 300_000);
