import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { Outcome } from '../../shared/http/outcome';
import { DEFAULT_BUDGET_MS, retry } from '../../shared/http/retry';
import { declaredRequest, sendOnce, VERSION_HEADER } from '../../shared/n8n/client';
import { CREDENTIAL } from '../../shared/n8n/context';
import { deafToStop, isToolCall } from '../../shared/n8n/engine/batch';
import { apiError, quote, uncertainError, type NodeError } from '../../shared/n8n/errors';
import { encodeJson } from '../../shared/n8n/media/encodeJson';
import type { Task } from '../../shared/task/task';
import { parseCreatedCost, parseCreatedTaskId } from '../../shared/task/wireShapes';
import { runInBatch, type Siblings } from './batch';
import type { ReadBody } from './body';
import { parseCreateAnswer } from './created';
import { capsOf, parseCreateOptions, type CreateOptions } from './createOptions';
import { ledgerLine, TOOL_PAGE, type AcceptedCreate, type LedgerLine } from './ledger';

/**
 * What makes an operation a create, beside the method and the path that its `routing.request` declares: the item's
 * body is read and checked (a wrong one costs no request), and sent as the declaration's `pagination`, n8n's place for
 * wrapping an item's request. A create is repeated only when it surely was not accepted, and never when an earlier try
 * of this run has been given a task for the same body already. Emits the accepted Task.
 */
export function submit(readBody: ReadBody): Pick<INodePropertyRouting, 'send' | 'operations'> {
	return { send: { paginate: true }, operations: { pagination: createHook(readBody) } };
}

/** The function that n8n calls for each item, on the item's context, with the request as declared. */
export function createHook(readBody: ReadBody) {
	return async function create(
		this: IExecutePaginationFunctions,
		{ options: declared }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await runInBatch(this, capsOf(this), async (siblings) => {
			const options = parseCreateOptions(this);
			const body = encodeJson(await readBody(this));
			const request = {
				...declaredRequest(this, declared),
				headers: {
					'Content-Type': 'application/json',
					[VERSION_HEADER]: options.runwayVersion,
				},
				body,
			};
			const item = this.getItemIndex();
			const page = isToolCall(this) ? TOOL_PAGE : siblings.runIndex;
			const line = ledgerLine(this.getContext('node'), page, item, body);
			const order = { context: this, request, options, line, siblings };
			const { taskId, ...cost } = await findOrCreate(order);
			const task: Task = { taskId, status: 'PENDING', ...cost };
			return { json: task };
		});
	};
}

interface CreateOrder {
	context: IExecutePaginationFunctions;
	request: IHttpRequestOptions;
	options: CreateOptions;
	line: LedgerLine;
	siblings: Siblings;
}

/** The task that the ledger knows, or else a new one. */
async function findOrCreate(order: CreateOrder): Promise<AcceptedCreate> {
	const { context, request, options, line, siblings } = order;
	const { clock, pace } = siblings;
	const [node, item] = [context.getNode(), context.getItemIndex()];
	const known = line.read();
	// An agent that calls again after a success asks for a further task.
	if (known && 'taskId' in known && !isToolCall(context)) return known;
	if (known && 'uncertain' in known && !options.retryUncertain) {
		throw uncertainError(node, known.uncertain, item, known.uncertain.answer);
	}
	const untilAnswered = deafToStop(context);
	const { outcome, maybeAccepted } = await retry(
		pace,
		async () => parseCreateAnswer(await sendOnce(untilAnswered, request, clock)),
		{ method: 'POST', budgetMs: DEFAULT_BUDGET_MS, retryUncertain: options.retryUncertain },
		clock,
	);
	const taskId = outcome.kind === 'success' ? parseCreatedTaskId(outcome.body) : undefined;
	if (taskId) {
		const estimatedCostCredits = parseCreatedCost(outcome.body);
		const cost = estimatedCostCredits === undefined ? {} : { estimatedCostCredits };
		return noteAccepted(order, { taskId, ...cost });
	}
	// A success without an id may well be a task, charged for; which one, nobody can tell. And what an earlier try
	// may have brought about stays true, however this one was refused.
	const wasUncertain = known !== undefined && 'uncertain' in known;
	const isUncertain = maybeAccepted || outcome.kind === 'success' || wasUncertain;
	throw isUncertain ? await noteUncertain(order, outcome) : apiError(node, outcome, item);
}

function noteAccepted(
	{ context, line, siblings }: CreateOrder,
	accepted: AcceptedCreate,
): AcceptedCreate {
	line.write(accepted);
	// A stopped execution keeps no output: the log is the one place left for what was paid for.
	if (siblings.clock.stopped()) {
		context.logger.warn(
			`Runway task ${accepted.taskId} was accepted while the execution was being stopped`,
		);
	}
	return accepted;
}

async function noteUncertain(
	{ context, line, siblings }: CreateOrder,
	outcome: Outcome,
): Promise<NodeError> {
	const item = context.getItemIndex();
	const { kind, statusCode, code, requestId } = outcome;
	const uncertain = { kind, statusCode, code, requestId };
	line.write({ uncertain });
	const answer = await quoteAnswer(context, outcome);
	if (answer !== undefined) line.write({ uncertain: { ...uncertain, answer } });
	if (siblings.clock.stopped()) {
		context.logger.warn(
			`A Runway task may have been accepted for item ${item} while the execution was being stopped`,
		);
	}
	return uncertainError(context.getNode(), outcome, item, answer);
}

/** An answer that names no task may still hold its id, for the user's eye: quoted, but for the key. */
async function quoteAnswer(
	context: IExecutePaginationFunctions,
	{ body }: Outcome,
): Promise<string | undefined> {
	if (body === undefined) return undefined;
	const { apiKey } = await context.getCredentials<{ apiKey?: unknown }>(CREDENTIAL);
	return quote(body, typeof apiKey === 'string' ? apiKey.trim() : '');
}
