import type { Task } from '../task/task';
import type { Outcome, OutcomeKind } from '../http/outcome';

/** What happened, and what to do about it. */
export interface ErrorText {
	message: string;
	description: string;
}

/** One row per outcome that is no success: what we tell the user. The API's own words are added below. */
const OUTCOME_TEXTS: Record<Exclude<OutcomeKind, 'success'>, ErrorText> = {
	badRequest: {
		message: 'CometAPI refused the request',
		description:
			'The request is wrong as it is; correct the field that CometAPI names and run again.',
	},
	unauthorized: {
		message: 'CometAPI did not accept the API key',
		description:
			'Open the CometAPI Runway credential and enter a valid API key (CometAPI console, "API Keys"), without "Bearer" in front.',
	},
	forbidden: {
		message: 'This API key may not do that',
		description:
			'Check in the CometAPI console that the key is active, has balance left, and is allowed to use the chosen model.',
	},
	tooLarge: {
		message: 'The request is too large for CometAPI',
		description:
			'Use a smaller video or image, or hand it over as an HTTPS URL instead of binary data.',
	},
	wrongAddress: {
		message: 'The Base URL does not lead to CometAPI',
		description:
			"Something else answers there: a redirect, a web page, or another API. Set the credential's Base URL to https://api.cometapi.com, or to your gateway's exact address.",
	},
	redirected: {
		message: 'A redirect came in the place of an answer of CometAPI',
		description:
			"A sign-in page in between, or another server: set the credential's Base URL to https://api.cometapi.com, or to your gateway's exact address.",
	},
	webPage: {
		message: 'A web page answered in the place of CometAPI',
		description:
			"Most likely the credential's Base URL does not lead to CometAPI: set it to https://api.cometapi.com, or to your gateway's exact address. A proxy or a gateway in trouble shows a page, too.",
	},
	rateLimited: {
		message: 'CometAPI is limiting the rate of requests',
		description: 'Run again later, or lower Max Concurrency.',
	},
	overloaded: {
		message: 'CometAPI has no capacity for this request at the moment',
		description:
			'Run again later; if it goes on, check that the chosen model exists and is available.',
	},
	serverError: {
		message: 'CometAPI failed to process the request',
		description: 'This is a fault on the server side. Run again later.',
	},
	connectionLost: {
		message: 'The connection to CometAPI broke off before an answer came',
		description: 'Check the network between n8n and CometAPI, and run again.',
	},
	unreachable: {
		message: 'CometAPI could not be reached',
		description:
			"No connection came about. Check the credential's Base URL, and the network, proxy and DNS of the machine n8n runs on.",
	},
	insecure: {
		message: 'No secure connection to the Base URL could be made',
		description:
			"The server's certificate was not accepted. Check the credential's Base URL and the certificate of your gateway.",
	},
	unreadable: {
		message: 'CometAPI sent an answer that could not be read',
		description: 'The answer was incomplete or not what the API documents. Run again later.',
	},
	blocked: {
		message: "n8n's own protection does not allow the address, so nothing was sent",
		description:
			"The credential's Base URL leads into a network that this n8n keeps its requests out of. Correct it, or ask the administrator to allow it (N8N_SSRF_ALLOWED_HOSTNAMES, N8N_SSRF_ALLOWED_IP_RANGES).",
	},
	notSent: {
		message: 'The request was not sent, because the execution was stopped',
		description: 'Run the workflow again.',
	},
};

/**
 * Causes that the API's own code or words give away, whatever the HTTP status; the first that matches wins. The
 * gateway family behind CometAPI says `insufficient_user_quota`, `model_not_found` and "No available channel for
 * model …"; Runway's failure codes are families (its docs, "Task failures").
 */
const CAUSES: Array<ErrorText & { sign: RegExp }> = [
	{
		sign: /insufficient_(user_)?quota|quota is not enough|insufficient (balance|credits|funds)|not (have )?enough credits/i,
		message: 'The CometAPI account has too little balance left',
		description:
			'Top up the balance, or raise the quota of this API key, in the CometAPI console. Then run again.',
	},
	{
		sign: /model_not_found|no available channel|\bmodel\b.{0,80}\b(not found|does not exist|not supported|unknown)|\b(unknown|unsupported|invalid) model\b/i,
		message: 'CometAPI does not offer this model at the moment',
		description:
			'Choose Model from the list, or correct its id. If the id is right, no channel for it is free: run again later.',
	},
	{
		sign: /\bSAFETY\.OUTPUT\b/,
		message: 'The output was withheld by moderation',
		description: 'Change the prompt or the video; repeating it as it is will not help.',
	},
	{
		sign: /\bSAFETY\b|\bcontent moderation\b/,
		message: 'The input was refused by moderation',
		description:
			'Change the prompt, the video or the references; repeating it as it is will not help.',
	},
	{
		sign: /\bINPUT_PREPROCESSING\b/,
		message: 'The input could not be prepared',
		description: 'Check that the video and references are intact, of a supported format and size.',
	},
	{
		sign: /\bASSET\.INVALID\b/,
		message: 'The video or a reference could not be used',
		description: 'Check its format, dimensions and length.',
	},
	{
		sign: /^INTERNAL(\.|\s|$)/,
		message: 'Runway failed internally',
		description:
			'This is a fault on the server side. The same input may be transformed again, as a new task.',
	},
	{
		sign: /\bTHIRD_PARTY\b/,
		message: 'A provider behind Runway failed',
		description: 'The same input may be transformed again later, as a new task.',
	},
	{
		sign: /^ANSWER_TOO_LARGE\b/,
		message: 'CometAPI sent an answer of more than 10 MB, which was not read',
		description:
			"No answer of the API is that large. Check the credential's Base URL: another server may answer there, or your gateway is in trouble.",
	},
	{
		sign: /^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT)\b/,
		message: 'CometAPI did not answer in time',
		description: 'Check the network between n8n and CometAPI, and run again later.',
	},
];

function findCause(code: string | undefined, words: string | undefined): ErrorText | undefined {
	const said = [code, words].filter(Boolean).join(' ');
	return CAUSES.find(({ sign }) => sign.test(said));
}

/** The text for an outcome: that of its cause or its kind, then the API's own words and the request id. */
export function describeOutcome(outcome: Outcome): ErrorText {
	const byKind = OUTCOME_TEXTS[outcome.kind === 'success' ? 'unreadable' : outcome.kind];
	const text = findCause(outcome.code, outcome.message) ?? byKind;
	const { retryAfterMs } = outcome;
	const wait =
		outcome.kind === 'rateLimited' && retryAfterMs
			? `It asks to wait for ${Math.ceil(retryAfterMs / 1000)} s.`
			: undefined;
	const said = outcome.message ? `CometAPI said: "${outcome.message}".` : undefined;
	const code = outcome.code ? `Code: ${outcome.code}.` : undefined;
	const requestId = outcome.requestId ? `Request id: ${outcome.requestId}.` : undefined;
	return {
		message: text.message,
		description: [text.description, wait, said, code, requestId].filter(Boolean).join(' '),
	};
}

/** The text for a task that ended without a result. */
export function describeFailedTask(task: Task): ErrorText {
	const word = task.status === 'CANCELLED' ? 'was cancelled' : 'failed';
	const reason = task.failure ? `: ${task.failure}` : '';
	const code = task.failureCode ? `Failure code: ${task.failureCode}.` : undefined;
	const cause = findCause(task.failureCode, undefined);
	const advice = cause && `${cause.message}. ${cause.description}`;
	const fallback =
		'CometAPI gave no failure code that says more. Check the input, or transform it again as a new task.';
	return {
		message: `Task ${task.taskId} ${word}${reason}`,
		description: [code, advice ?? fallback].filter(Boolean).join(' '),
	};
}
