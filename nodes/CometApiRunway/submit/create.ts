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
import { deafToStop } from '../../shared/n8n/engine/batch';
import { apiError, quote, uncertainError, type NodeError } from '../../shared/n8n/errors';
import { encodeJson } from '../../shared/n8n/media/encodeJson';
import type { Task } from '../../shared/task/task';
import { parseCreatedCost, parseCreatedTaskId } from '../../shared/task/wireShapes';
import { runInBatch, type Siblings } from './batch';
import type { ReadBody } from './body';
import { parseCreateAnswer } from './created';
import { capsOf, parseCreateOptions, type CreateOptions } from './createOptions';
import { ledgerLine, type AcceptedCreate, type LedgerLine } from './ledger';
import { parseReturnAs } from './returnAs';
import { goOf, waitInside, type Go } from './waitInside';

/**
 * What makes an operation a create, beside the method and the path that its `routing.request` declares: the item's
 * body is read and checked (a wrong one costs no request), and sent as the declaration's `pagination`, n8n's place for
 * wrapping an item's request. A create is repeated only when it surely was not accepted, and never when an earlier try
 * of this run has been given a task for the same body already. Emits the accepted Task, or waits for its end: *Return*.
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
		const job = async (siblings: Siblings): Promise<INodeExecutionData> => {
			const go = goOf(this, declared, siblings);
			const settings = parseReturnAs(this);
			const known = go.run.taskOf(this);
			const { taskId, ...cost } =
				known === undefined
					? await submitItem(this, { readBody, declared, siblings, go })
					: { taskId: known };
			if (settings) go.toWait.set(this.getItemIndex(), { ...settings, taskId });
			const task: Task = { taskId, status: 'PENDING', ...cost };
			return { json: task };
		};
		return await runInBatch(
			this,
			capsOf(this),
			job,
			async (own, siblings) => await waitInside(this, declared, own, siblings),
		);
	};
}

interface ItemJob {
	readBody: ReadBody;
	declared: DeclarativeRestApiSettings.HttpRequestOptions;
	siblings: Siblings;
	go: Go;
}

/** Reads and checks an item's body, and gives its task. */
async function submitItem(
	context: IExecutePaginationFunctions,
	{ readBody, declared, siblings, go }: ItemJob,
): Promise<AcceptedCreate> {
	const options = parseCreateOptions(context);
	const body = encodeJson(await readBody(context));
	const headers = {
		'Content-Type': 'application/json',
		[VERSION_HEADER]: options.runwayVersion,
	};
	const request = { ...declaredRequest(context, declared), headers, body };
	const item = context.getItemIndex();
	const line = ledgerLine(context.getContext('node'), go.run.page, item, body);
	go.lines.set(item, line);
	return await findOrCreate({ context, request, options, line, siblings });
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
	if (known && 'taskId' in known && !known.handedOut) return known;
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
