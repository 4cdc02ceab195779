import type { INode } from 'n8n-workflow';
import { endError } from '../../../nodes/shared/n8n/taskErrors';
import type { Ending } from '../../../nodes/shared/task/watch';

const NODE: INode = {
	id: '1',
	name: 'Wait',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const describeEnd = (end: Ending) =>
	endError(NODE, end, { taskId: 'task-1', timeoutMs: 1_800_000 }, 0).description;

test.each<[string, Ending, RegExp]>([
	[
		'the last status, in the words of the API where they are not known',
		{
			kind: 'timedOut',
			task: { taskId: 'task-1', status: 'PENDING', rawStatus: 'REVIEWING' },
			silentMs: 0,
		},
		/^Its last status was REVIEWING\. The task is not lost/,
	],
	[
		'what stood in the way, and for how long',
		{
			kind: 'timedOut',
			task: { taskId: 'task-1', status: 'RUNNING', progress: 0.4 },
			problem: { kind: 'rateLimited', statusCode: 429 },
			silentMs: 31 * 60_000,
		},
		/RUNNING \(40 %\)\. For 31 minutes there was no news of it: CometAPI is limiting the rate of requests \(HTTP 429\)\./,
	],
	[
		'that it was never read',
		{ kind: 'timedOut', silentMs: 1_800_000 },
		/^It could not be read even once\. The task is not lost/,
	],
	[
		'that CometAPI did not know it, and what may be wrong',
		{ kind: 'timedOut', isUnknown: true, silentMs: 1_800_000 },
		/^CometAPI does not know it, or not yet\. Check the Task ID/,
	],
])('the error of a late task tells %s', (_what, end, expected) => {
	expect(describeEnd(end)).toMatch(expected);
});
