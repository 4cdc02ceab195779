import type { INode } from 'n8n-workflow';
import type { ItemsContext } from '../context';
import { isToolCall } from './batch';
import type { DurableRun } from './durableRun';
import { insideOf, runsOf, type Inside } from './inside';

/** How an execution that waits for nothing suspended is started. */
const IMPATIENT_MODES: Record<string, string> = {
	cli: 'the execution was started from the command line, which does not wait for suspended ones',
	evaluation: 'an evaluation reads the result of the execution',
};

const RESPOND_TO_WEBHOOK = 'n8n-nodes-base.respondToWebhook';
const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';

/**
 * Why the execution must not be suspended, in words that go on a sentence; `undefined` where it may. The one place that is
 * asked. Never suspended is where the node would not be run again, and where somebody waits for the execution's answer,
 * who would get that of an execution that is not finished.
 */
export function whyKeepRunning(
	context: ItemsContext,
	durable: DurableRun | undefined,
): string | undefined {
	if (isToolCall(context)) return 'an agent waits for the answer of its tool';
	const impatient = IMPATIENT_MODES[context.getMode()];
	if (impatient) return impatient;
	const inside = insideOf(context);
	if (isAnswerExpected(inside))
		return 'the webhook that started the execution waits for its answer';
	if (isOutputLost(inside))
		return 'this version of n8n does not hand the output of a suspended sub-workflow to its caller';
	// n8n loads the workflow of a suspended execution by its id.
	if (!context.getWorkflow().id) return 'the workflow is not saved';
	return durable ? undefined : 'this version of n8n does not show what suspending needs';
}

/**
 * Whether another workflow waits for this one, in an n8n 1: that goes on with its own input when a sub-workflow has been
 * suspended, before it has ended even. n8n 2 waits, and hands the output over; there each execution has a token to resume it.
 */
function isOutputLost({ run }: Inside): boolean {
	const caller = run?.parentExecution;
	return caller !== undefined && caller.shouldResume !== false && run?.resumeToken === undefined;
}

/** Whether the execution was started by a request that is answered by a node which has not run yet. */
function isAnswerExpected(inside: Inside): boolean {
	const nodes = Object.values(inside.nodes ?? {});
	const hasRun = ({ name }: INode) => runsOf(inside, name).length > 0;
	const isAnswered = nodes.some((node) => node.type === RESPOND_TO_WEBHOOK && hasRun(node));
	return nodes.some((node) => hasRun(node) && answersLate(node, isAnswered));
}

/** By n8n's *Respond* setting of Webhook, Form Trigger and Chat Trigger. */
function answersLate({ type, parameters }: INode, isAnswered: boolean): boolean {
	const options = parameters.options as { responseMode?: unknown } | undefined;
	const chatMode = type === CHAT_TRIGGER ? (options?.responseMode ?? 'lastNode') : undefined;
	const mode = parameters.responseMode ?? chatMode;
	if (typeof mode !== 'string' || mode === 'onReceived') return false;
	return !(mode === 'responseNode' && isAnswered);
}
