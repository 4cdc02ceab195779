import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import type { Outcome } from '../http/outcome';
import { describeOutcome, type ErrorText } from './errorTexts';

export type NodeError = NodeApiError | NodeOperationError;

/** Facts that travel with an error, for programs: also in the error item, and in the error's `context`. */
export type ErrorDetails = {
	taskId?: string;
	requestId?: string;
	status?: string;
	failureCode?: string;
	/** The API may have accepted the create, and charged for it, without our having its answer. */
	submissionUncertain?: boolean;
	/** Of the output that could not be downloaded, and of all. */
	outputUrl?: string;
	outputUrls?: string[];
	timedOut?: boolean;
};

/** An error of the API, made of plain data: nothing of the request, hence of the key, is in it. */
export function apiError(
	node: INode,
	outcome: Outcome,
	itemIndex: number,
	details: ErrorDetails = {},
): NodeApiError {
	const text = describeOutcome(outcome);
	return apiErrorOf(
		node,
		text,
		itemIndex,
		{ requestId: outcome.requestId, ...details },
		outcome.statusCode,
	);
}

/**
 * The error of a create that may have been accepted. It says so in so many words: running the item again could
 * pay for a second task. `answer` is what came instead of a task, quoted.
 */
export function uncertainError(
	node: INode,
	outcome: Outcome,
	itemIndex: number,
	answer?: string,
): NodeApiError {
	const text = describeOutcome(outcome);
	const details = { requestId: outcome.requestId, submissionUncertain: true };
	return apiErrorOf(
		node,
		{
			message: `${text.message}; the task may have been accepted`,
			description: `${text.description} Before this item is run again, look into your CometAPI usage log: if it was accepted, it has been charged for.${answer ? ` It answered: ${answer}` : ''}`,
		},
		itemIndex,
		details,
		outcome.statusCode,
	);
}

const QUOTED_CHARACTERS = 500;

/** The beginning of an answer, without the key and without the content of data URIs. */
export function quote(body: unknown, key: string): string {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const withoutFiles = text.replace(/data:[^,"\s]*,[^"\s]*/g, 'data:…');
	const open = key === '' ? withoutFiles : withoutFiles.replaceAll(key, '…');
	return open.length > QUOTED_CHARACTERS ? `${open.slice(0, QUOTED_CHARACTERS)}…` : open;
}

/** An error of our own making: wrong input, a deadline passed. `message` names the field, `description` the remedy. */
export function operationError(
	node: INode,
	{ message, description }: ErrorText,
	itemIndex: number,
	details: ErrorDetails = {},
): NodeOperationError {
	const error = new NodeOperationError(node, message, { itemIndex, description });
	return finish(error, { message, description }, details);
}

/** A field of a node that can't be used: what is wrong with it, in words that follow its name, and what to do. */
export class WrongInput extends Error {
	constructor(
		field: string,
		problem: string,
		readonly remedy: string,
	) {
		super(`${field} ${problem}`);
	}
}

/** Whatever was thrown, as one of n8n's node errors; those are passed through. A trigger has no items. */
export function toNodeError(node: INode, caught: unknown, item?: number): NodeError {
	if (caught instanceof NodeApiError || caught instanceof NodeOperationError) return caught;
	if (caught instanceof WrongInput) {
		const where = item === undefined ? '' : ` [item ${item}]`;
		const text = { message: `${caught.message}${where}`, description: caught.remedy };
		return operationError(node, text, item ?? 0);
	}
	const error = caught instanceof Error ? caught : new Error(String(caught));
	return new NodeOperationError(node, error, { itemIndex: item ?? 0 });
}

/** An error of an HTTP request with a text of its own, also about a host that is not CometAPI. */
export function apiErrorOf(
	node: INode,
	text: ErrorText,
	itemIndex: number,
	details: ErrorDetails,
	statusCode?: number,
): NodeApiError {
	const httpCode = statusCode === undefined ? undefined : String(statusCode);
	const error = new NodeApiError(node, { message: text.message }, { ...text, httpCode, itemIndex });
	return finish(error, text, details);
}

/** n8n rewrites messages that contain words like "ECONNRESET", and drops descriptions: ours are set last. */
function finish<E extends NodeError>(error: E, text: ErrorText, details: ErrorDetails): E {
	error.message = text.message;
	error.description = text.description;
	Object.assign(error.context, withoutUndefined(details));
	return error;
}

/**
 * An item that carries an error, as n8n's own HTTP Request node shapes it: the error is an object under `error`,
 * so that every n8n version routes it to the error output, and `$json.error.taskId` can be used downstream.
 */
export function errorJson(error: NodeError): { error: IDataObject } {
	return {
		error: withoutUndefined({
			...error.context,
			message: error.message,
			description: error.description ?? undefined,
			httpCode: 'httpCode' in error ? (error.httpCode ?? undefined) : undefined,
		}),
	};
}

/** The error that an item of `errorJson` carries; what was stored of it may be incomplete. */
export function restoreError(
	node: INode,
	{ message, description, httpCode, ...context }: IDataObject,
): NodeApiError {
	const text = {
		message: String(message ?? 'The item failed before'),
		description: String(description ?? ''),
	};
	const statusCode = httpCode === undefined ? undefined : Number(httpCode);
	const error = apiErrorOf(node, text, Number(context.itemIndex ?? 0), {}, statusCode);
	Object.assign(error.context, context);
	return error;
}

/** The same fields without those that are undefined. */
function withoutUndefined<Value>(fields: Record<string, Value | undefined>): Record<string, Value> {
	return Object.fromEntries(
		Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined),
	);
}
