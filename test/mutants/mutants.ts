import { TRIGGER_MUTANTS } from './triggerMutants';

/** One guard of the product, switched off. */
export interface Mutant {
	/** What no longer holds. */
	guard: string;
	file: string;
	/** Text that stands in the file once. */
	find: string;
	put: string;
	/** The test files that have to notice. */
	tests: string[];
}

const SUBMISSION = 'test/unit/property/submission.property.test.ts';
const WAITING = 'test/unit/property/waiting.property.test.ts';

/** The promises about money, tasks and the key, each with the one place in the code that keeps it. */
export const MUTANTS: Mutant[] = [
	{
		guard: 'the ledger is read: a retry hands out the task it has',
		file: 'nodes/CometApiRunway/submit/ledger.ts',
		find: 'read: () => entries[key]',
		put: 'read: () => (key in entries ? undefined : undefined)',
		tests: [SUBMISSION],
	},
	{
		guard: 'the ledger is written: an accepted task is remembered',
		file: 'nodes/CometApiRunway/submit/ledger.ts',
		find: 'entries[key] = entry;',
		put: 'void entry;',
		tests: [SUBMISSION],
	},
	{
		guard: 'each run of a node has a page of its own in the ledger',
		file: 'nodes/CometApiRunway/submit/ledger.ts',
		find: 'store.ledger?.run !== run',
		put: '!store.ledger',
		tests: ['test/unit/node/ledger.test.ts', 'test/engine/ledger.test.ts'],
	},
	{
		guard: 'a create that may have been accepted is not repeated',
		file: 'nodes/shared/http/policy.ts',
		find: "connectionLost: { get: 'repeat', post: 'uncertain' }",
		put: "connectionLost: { get: 'repeat', post: 'repeat' }",
		tests: [SUBMISSION],
	},
	{
		guard: 'a success without an id is uncertain',
		file: 'nodes/CometApiRunway/submit/create.ts',
		find: "maybeAccepted || outcome.kind === 'success' ||",
		put: 'maybeAccepted ||',
		tests: [SUBMISSION],
	},
	{
		guard: 'an uncertain create stays uncertain in later tries',
		file: 'nodes/CometApiRunway/submit/create.ts',
		find: "if (known && 'uncertain' in known && !options.retryUncertain)",
		put: "if (known && 'uncertain' in known && options.retryUncertain)",
		tests: [SUBMISSION],
	},
	{
		guard: 'a 429 closes the gate for the whole batch',
		file: 'nodes/shared/http/pace.ts',
		find: 'const closed = until > state.closedUntil',
		put: 'const closed = until > Number.POSITIVE_INFINITY',
		tests: ['test/unit/http/pace.test.ts', 'test/engine/rateLimit.test.ts'],
	},
	{
		guard: 'Retry-After is respected before the next look',
		file: 'nodes/shared/task/watch.ts',
		find: "const retryAfterMs = look.kind === 'problem' ? (look.retryAfterMs ?? 0) : 0;",
		put: 'const retryAfterMs = 0;',
		tests: [WAITING],
	},
	{
		guard: 'no task is asked for more often than Seconds Between Checks says',
		file: 'nodes/shared/task/schedule.ts',
		find: 'Math.min(Math.max(aim - last.at, minPollMs), longest)',
		put: 'Math.min(aim - last.at, longest)',
		tests: [WAITING],
	},
	{
		guard: 'the deadline of a wait that keeps running',
		file: 'nodes/shared/task/waiter.ts',
		find: 'watch.startedAt + order.timeoutMs',
		put: 'watch.startedAt + 10 * order.timeoutMs',
		tests: [WAITING],
	},
	{
		guard: 'the deadline of a wait that suspends',
		file: 'nodes/CometApiRunwayWait/checks.ts',
		find: 'deadline: watch.startedAt + settings.timeoutMs',
		put: 'deadline: watch.startedAt + 10 * settings.timeoutMs',
		tests: [WAITING],
	},
	{
		guard: 'no wait is called late before its deadline',
		file: 'nodes/shared/task/waiter.ts',
		find: 'if (deadline < watch.notBefore',
		put: 'if (deadline - 60_000 < watch.notBefore',
		tests: [WAITING],
	},
	{
		guard: 'the cap on requests in flight',
		file: 'nodes/shared/http/limiter.ts',
		find: 'at < queue.length && all.running < all.most;',
		put: 'at < queue.length;',
		tests: ['test/unit/http/limiter.test.ts', 'test/unit/http/pace.test.ts'],
	},
	{
		guard: 'the cap on the items of a batch at work',
		file: 'nodes/shared/http/limiter.ts',
		find: 'if (lane.running >= lane.most) {',
		put: 'if (lane.running >= lane.most && lane.most < 0) {',
		tests: ['test/unit/http/limiter.test.ts', WAITING],
	},
	{
		guard: 'a created task is paired with its item',
		file: 'nodes/CometApiRunway/submit/batch.ts',
		find: 'return [{ ...result, pairedItem: { item } }];',
		put: 'return [{ ...result, pairedItem: { item: 0 } }];',
		tests: [SUBMISSION],
	},
	{
		guard: 'a finished task is paired with its item',
		file: 'nodes/CometApiRunwayWait/deliver.ts',
		find: 'pairedItem: { item } }',
		put: 'pairedItem: { item: 0 } }',
		tests: [WAITING],
	},
	{
		guard: 'an expired output URL is answered by a fresh one',
		file: 'nodes/shared/n8n/taskClient.ts',
		find: "if (end.kind === 'expired') {",
		put: "if (end.kind === 'expired' && item < 0) {",
		tests: ['test/engine/download.test.ts'],
	},
	{
		guard: 'no redirect of the API is followed with the key',
		file: 'nodes/shared/n8n/client.ts',
		find: 'disableFollowRedirect: true',
		put: 'disableFollowRedirect: false',
		tests: ['test/engine/policyGet.test.ts'],
	},
	{
		guard: 'downloads are made without the key',
		file: 'nodes/shared/n8n/media/download.ts',
		find: 'await context.helpers.httpRequest({',
		put: "await context.helpers.httpRequestWithAuthentication.call(context, 'cometApiRunwayApi', {",
		tests: ['test/engine/download.test.ts', 'test/unit/n8n/download.test.ts'],
	},
	{
		guard: "of the HTTP client's errors only the code is told, since the rest holds the key",
		file: 'nodes/shared/http/outcome.ts',
		find: "return { kind: 'connectionLost', ...optional('code', codes.find(Boolean)) };",
		put: "return { kind: 'connectionLost', message: String((error as Error).message) };",
		tests: [SUBMISSION],
	},
	{
		guard: 'an error is thrown only after all siblings have settled, with their tasks',
		file: 'nodes/CometApiRunway/submit/batch.ts',
		find: 'await batch.allSettled;',
		put: '',
		tests: [SUBMISSION],
	},
	{
		guard: 'a run that n8n has given up creates nothing',
		file: 'nodes/CometApiRunway/submit/batch.ts',
		find: 'batch.joined.size >= batch.size || batch.comesOneByOne',
		put: 'batch.joined.size >= 0 || batch.comesOneByOne',
		tests: [SUBMISSION],
	},
	{
		guard: 'the answer to a create that has left is waited for, Stop or not',
		file: 'nodes/shared/n8n/engine.ts',
		find: 'getExecutionCancelSignal: { value: () => undefined },',
		put: '',
		tests: [SUBMISSION],
	},
	{
		guard: 'nothing is sent after Stop',
		file: 'nodes/shared/http/pace.ts',
		find: "if (clock.stopped()) return { kind: 'notSent' };",
		put: '',
		tests: ['test/unit/http/pace.test.ts'],
	},
	{
		guard: 'an id is read wherever it sits in the answer to a create',
		file: 'nodes/CometApiRunway/submit/created.ts',
		find: "if (parseCreatedTaskId(outcome.body) !== undefined) return { ...outcome, kind: 'success' };",
		put: '',
		tests: ['test/engine/createAnswers.test.ts'],
	},
	{
		guard: 'a web page with 200 may hide an accepted task',
		file: 'nodes/shared/http/policy.ts',
		find: "webPage: { get: 'repeat', post: 'uncertain' }",
		put: "webPage: { get: 'repeat', post: 'giveUp' }",
		tests: [SUBMISSION],
	},
	{
		guard: "a load balancer's 503 may hide an accepted task",
		file: 'nodes/shared/http/outcome.ts',
		find: 'if (statusCode === 503 && !isOwnRefusal(headers, body, error))',
		put: 'if (statusCode < 0 && !isOwnRefusal(headers, body, error))',
		tests: [SUBMISSION],
	},
	{
		guard: 'what is no media file is not stored as one',
		file: 'nodes/shared/n8n/media/download.ts',
		find: 'if (NO_MEDIA.test(mimeType)) {',
		put: 'if (NO_MEDIA.test(mimeType) && maxBytes < 0) {',
		tests: ['test/engine/outputs.test.ts'],
	},
	{
		guard: "one look's Retry-After does not hold back the others for ever",
		file: 'nodes/shared/http/pace.ts',
		find: 'Math.min(asked, longestPauseMs)',
		put: 'asked',
		tests: ['test/unit/http/pace.test.ts'],
	},
	{
		guard: 'SUCCEEDED without a URL is no success',
		file: 'nodes/shared/task/task.ts',
		find: "task.status === 'SUCCEEDED' && !task.outputUrl",
		put: "task.status === 'SUCCEEDED' && !task.taskId",
		tests: ['test/unit/property/hostileBodies.property.test.ts'],
	},
	{
		guard: 'an unknown status counts as not finished',
		file: 'nodes/shared/task/status.ts',
		find: "return text ? { status: 'PENDING', rawStatus: text }",
		put: "return text ? { status: 'FAILED', rawStatus: text }",
		tests: ['test/unit/task/status.test.ts'],
	},
	{
		guard: 'task_not_exist is believed only after a minute',
		file: 'nodes/shared/task/watch.ts',
		find: "return outOfPatience ? { kind: 'notFound', task: watch.task } : undefined;",
		put: "return { kind: 'notFound', task: watch.task };",
		tests: ['test/unit/task/waiter.patience.test.ts'],
	},
	...TRIGGER_MUTANTS,
];
