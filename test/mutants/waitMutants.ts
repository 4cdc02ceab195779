import type { Mutant } from './mutant';

const WAITING = 'test/unit/property/waiting.property.test.ts';
const DURABLE_RUN = 'test/unit/n8n/engine/durableRun.test.ts';
const WHY_KEEP_RUNNING = 'test/unit/n8n/engine/whyKeepRunning.test.ts';

/** The guards of waiting. */
export const WAIT_MUTANTS: Mutant[] = [
	{
		guard: 'the deadline of a wait',
		file: 'nodes/shared/task/watch.ts',
		find: 'watch.startedAt + order.timeoutMs',
		put: 'watch.startedAt + 10 * order.timeoutMs',
		tests: [WAITING],
	},
	{
		guard: 'no wait is called late before its deadline',
		file: 'nodes/shared/task/waiter.ts',
		find: 'if (deadlineOf(task) < watch.notBefore)',
		put: 'if (deadlineOf(task) - 60_000 < watch.notBefore)',
		tests: [WAITING],
	},
	{
		guard: 'a finished task is paired with its item',
		file: 'nodes/shared/n8n/waiting/deliver.ts',
		find: 'binary && { binary }), pairedItem: { item } }',
		put: 'binary && { binary }), pairedItem: { item: 0 } }',
		tests: [WAITING],
	},
	{
		guard: 'nothing leaves before the last task has ended, unless that is asked for',
		file: 'nodes/shared/task/waiter.ts',
		find: 'if (!rules.together && tasks.some(',
		put: 'if (tasks.some(',
		tests: [WAITING],
	},
	{
		guard: 'no item leaves twice',
		file: 'nodes/shared/n8n/waiting/wait.ts',
		find: 'return entries.filter(({ item }) => !gone.has(item));',
		put: 'return entries.filter(({ item }) => !gone.has(-1 - item));',
		tests: [WAITING],
	},
	{
		guard: 'what is stored does not say that it waits, so that n8n runs the node again',
		file: 'nodes/shared/n8n/engine/durableRun.ts',
		find: 'enumerable: false,',
		put: 'enumerable: true,',
		tests: [DURABLE_RUN, WAITING],
	},
	{
		guard: 'nothing is suspended where the mark of it could not be hidden',
		file: 'nodes/shared/n8n/engine/durableRun.ts',
		find: 'if (!hideWaitTill(run)) return undefined;',
		put: '',
		tests: [WAITING],
	},
	{
		guard: 'where the engine does not suspend, waiting goes on',
		file: 'nodes/shared/n8n/engine/durableRun.ts',
		find: 'if (!(run.waitTill instanceof Date)) return false;',
		put: '',
		tests: [WAITING],
	},
	{
		guard: 'a suspension remembers what it has seen: timeouts count across it',
		file: 'nodes/shared/n8n/waiting/wait.ts',
		find: 'durable?.remember(memoryOf(tasks, memory.left));',
		put: '',
		tests: ['test/engine/waitErrors.test.ts', WAITING],
	},
	{
		guard: 'what Retry On Fail makes the node do again leaves once',
		file: 'nodes/shared/n8n/engine/durableRun.ts',
		find: 'if (place >= 0) stack.splice(place, 1);',
		put: '',
		tests: ['test/engine/waitErrors.test.ts'],
	},
	{
		guard: 'Always Output Data adds no item to a go that is not the last',
		file: 'nodes/shared/n8n/engine/durableRun.ts',
		find: 'if (entry.node.alwaysOutputData !== alwaysOutputData)',
		put: 'if (alwaysOutputData)',
		tests: [DURABLE_RUN],
	},
	{
		guard: 'a tool call of an agent is not suspended',
		file: 'nodes/shared/n8n/engine/whyKeepRunning.ts',
		find: 'if (isToolCall(context))',
		put: 'if (isToolCall(context) && !durable)',
		tests: [WHY_KEEP_RUNNING],
	},
	{
		guard: 'an execution whose webhook waits for the answer is not suspended',
		file: 'nodes/shared/n8n/engine/whyKeepRunning.ts',
		find: 'if (isAnswerExpected(inside))',
		put: 'if (!durable && isAnswerExpected(inside))',
		tests: [WHY_KEEP_RUNNING],
	},
	{
		guard: 'what earlier tasks took is remembered',
		file: 'nodes/shared/n8n/waiting/earlierTasks.ts',
		find: 'remembered.set(key, learned);',
		put: '',
		tests: ['test/engine/waitLearns.test.ts'],
	},
	{
		guard: "static data that may hold another node's cursor is left alone",
		file: 'nodes/shared/n8n/engine/staticData.ts',
		find: 'if (isShared || mayBeShared) return undefined;',
		put: '',
		tests: ['test/unit/n8n/engine/staticData.test.ts'],
	},
	{
		guard: 'task_not_exist is believed only after ten minutes',
		file: 'nodes/shared/task/watch.ts',
		find: 'now - watch.newsAt < UNKNOWN_PATIENCE_MS',
		put: 'now - watch.newsAt < PATIENCE_MS',
		tests: ['test/unit/task/waiter.patience.test.ts'],
	},
	{
		guard: 'a task that comes from a create is not called missing before the deadline',
		file: 'nodes/shared/task/watch.ts',
		find: 'if (isOurs || now',
		put: 'if (now',
		tests: ['test/unit/task/waiter.patience.test.ts'],
	},
	{
		guard: 'Task → Get asks again for a task that may not have appeared yet',
		file: 'nodes/shared/n8n/taskClient.ts',
		find: 'mayPass: isNotFound,',
		put: '',
		tests: ['test/engine/getTask.test.ts'],
	},
];
