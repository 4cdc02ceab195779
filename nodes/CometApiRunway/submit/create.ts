import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { callWithPolicy, DEFAULT_BUDGET_MS } from '../../shared/http/retry';
import {
	DEFAULT_RUNWAY_VERSION,
	readBaseUrl,
	sendOnce,
	VERSION_HEADER,
	VIDEO_TO_VIDEO_PATH,
} from '../../shared/n8n/client';
import { apiError, operationError, uncertainError } from '../../shared/n8n/errors';
import { encodeJson } from '../../shared/n8n/media/encodeJson';
import { readCreatedTaskId } from '../../shared/task/created';
import type { Task } from '../../shared/task/task';
import { DEFAULT_MAX_CONCURRENCY, runInBatch, type Siblings } from './batch';
import { ledgerLine, type LedgerLine } from './ledger';
import { FieldProblem, readTransformInput, type TransformOptions } from './sources';
import { readTransformBody, type InputProblem } from './body';

type RequestData = DeclarativeRestApiSettings.ResultOptions;

/**
 * Sends one item's create, as the declaration's `pagination` (n8n's place for wrapping an item's request).
 *
 * The item's input is checked first: a wrong one costs no request. A create is repeated only when it surely was
 * not accepted, and never when an earlier try of this run has been given a task for the same body already.
 */
export async function submitTransform(
	this: IExecutePaginationFunctions,
	requestData: RequestData,
): Promise<INodeExecutionData[]> {
	const options = this.getNodeParameter('options', {}) as TransformOptions;
	const maxConcurrency = Math.max(
		1,
		Math.floor(Number(options.maxConcurrency) || DEFAULT_MAX_CONCURRENCY),
	);
	return await runInBatch(this, maxConcurrency, async (siblings) => {
		const body = await readBody(this, options);
		const line = ledgerLine(this.getContext('node'), siblings.runIndex, this.getItemIndex(), body);
		const known = line.read();
		if (known && 'taskId' in known) return { json: submittedTask(known.taskId) };
		if (known && !options.retryUncertain) {
			const { statusCode, requestId } = known.uncertain;
			throw uncertainError(
				this.getNode(),
				{ kind: 'connectionLost', statusCode, requestId },
				this.getItemIndex(),
			);
		}
		return {
			json: submittedTask(await createTask(this, { requestData, body, options, line, siblings })),
		};
	});
}

/** What is known of a task that has just been accepted. */
function submittedTask(taskId: string): Task {
	return { taskId, status: 'PENDING' };
}

/** The body to send, checked. Throws an error that names the item and the field. */
async function readBody(
	context: IExecutePaginationFunctions,
	options: TransformOptions,
): Promise<Buffer> {
	try {
		const reading = readTransformBody(await readTransformInput(context, options));
		if ('body' in reading) return encodeJson(reading.body);
		throw new FieldProblem(reading.problem);
	} catch (error) {
		throw error instanceof FieldProblem ? inputError(context, error.problem) : error;
	}
}

function inputError(
	context: IExecutePaginationFunctions,
	{ field, problem, remedy }: InputProblem,
) {
	const item = context.getItemIndex();
	const message = `${field} ${problem} [item ${item}]`;
	return operationError(context.getNode(), { message, description: remedy }, item);
}

interface CreateOrder {
	requestData: RequestData;
	body: Buffer;
	options: TransformOptions;
	line: LedgerLine;
	siblings: Siblings;
}

async function createTask(
	context: IExecutePaginationFunctions,
	{ requestData, body, options, line, siblings: { world, pace } }: CreateOrder,
): Promise<string> {
	const item = context.getItemIndex();
	const request = {
		...requestData.options,
		skipSslCertificateValidation: requestData.options.skipSslCertificateValidation === true,
		method: 'POST' as const,
		url: VIDEO_TO_VIDEO_PATH,
		baseURL: await readBaseUrl(context),
		headers: {
			'Content-Type': 'application/json',
			[VERSION_HEADER]: options.runwayVersion?.trim() || DEFAULT_RUNWAY_VERSION,
		},
		body,
	};
	const untilAnswered = letFinish(context);
	const { outcome, maybeAccepted } = await callWithPolicy(
		async (latestStart) =>
			await pace.run(async () => await sendOnce(untilAnswered, request, world), latestStart),
		{ method: 'POST', budgetMs: DEFAULT_BUDGET_MS, retryUncertain: options.retryUncertain },
		world,
	);
	const taskId = outcome.kind === 'success' ? readCreatedTaskId(outcome.body) : undefined;
	if (taskId) {
		line.write({ taskId });
		// A stopped execution keeps no output: the log is the one place left for what was paid for.
		if (world.stopped())
			context.logger.warn(
				`Runway task ${taskId} was accepted while the execution was being stopped`,
			);
		return taskId;
	}
	// A success without an id may well be a task, charged for; which one, nobody can tell. And what an earlier try
	// may have brought about stays true, however this one was refused.
	if (maybeAccepted || outcome.kind === 'success' || line.read()) {
		line.write({ uncertain: { statusCode: outcome.statusCode, requestId: outcome.requestId } });
		if (world.stopped())
			context.logger.warn(
				`A Runway task may have been accepted for item ${item} while the execution was being stopped`,
			);
		throw uncertainError(context.getNode(), outcome, item);
	}
	throw apiError(context.getNode(), outcome, item);
}

/**
 * The same context, deaf to Stop. n8n breaks off a stopped execution's requests, but a create that has left may
 * be accepted, and paid for, all the same: its answer is waited for, so that the task's id is known.
 */
function letFinish(context: IExecutePaginationFunctions): IExecutePaginationFunctions {
	return Object.create(context, { getExecutionCancelSignal: { value: () => undefined } });
}
