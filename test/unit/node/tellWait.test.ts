import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Delivery } from '../../../nodes/shared/n8n/waiting/deliver';
import { tellProgress, tellResult } from '../../../nodes/shared/n8n/waiting/tellWait';
import type { Task } from '../../../nodes/shared/task/task';
import { startWatch, type Waited } from '../../../nodes/shared/task/watch';
import { fake } from '../support/fake';

const NOON = Date.UTC(2026, 10, 25, 11);
const MINUTE = 60_000;

/** What a node tells in its output panel, with the workflow's time zone an hour ahead of UTC. */
function told(tell: (context: IExecuteFunctions) => void): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	tell(
		fake<IExecuteFunctions>({
			addExecutionHints: (...more) => void hints.push(...more),
			getTimezone: () => 'Europe/Berlin',
		}),
	);
	return hints;
}

const waitedFor = (taskId: string, task?: Partial<Task>, ended = false): Waited => ({
	order: { taskId, timeoutMs: MINUTE, minPollMs: 5_000 },
	watch: {
		...startWatch(NOON),
		...(task && { task: { taskId, status: 'RUNNING', ...task } }),
	},
	...(ended && { ending: { kind: 'finished', task: { taskId, status: 'SUCCEEDED' } } }),
});

test.each<[what: string, tasks: Waited[], message: string]>([
	[
		'a task that tells how far it is',
		[waitedFor('abc', { progress: 0.404 })],
		'Task abc: running, 40 %. n8n checks again at 12:31.',
	],
	[
		'a task that does not',
		[waitedFor('abc', { status: 'PENDING' })],
		'Task abc: pending. n8n checks again at 12:31.',
	],
	[
		'a task that could not be seen yet',
		[waitedFor('abc')],
		'Task abc: not seen yet. n8n checks again at 12:31.',
	],
	[
		'words from outside: they are no HTML',
		[waitedFor('<b>', { rawStatus: 'A&B' })],
		'Task &lt;b&gt;: a&amp;b. n8n checks again at 12:31.',
	],
	[
		'several tasks',
		[waitedFor('a', {}, true), waitedFor('b'), waitedFor('c', {}, true)],
		'2 of 3 tasks have ended. n8n checks again at 12:31.',
	],
])('while suspended it tells of %s', (_what, tasks, message) => {
	expect(told((context) => tellProgress(context, tasks, NOON + 31 * MINUTE))).toEqual([
		{ message, location: 'outputPane' },
	]);
});

const URL = 'https://cdn.example.com/a.mp4?x=1&y="2"';
const LINK = (text: string) =>
	`<a href="https://cdn.example.com/a.mp4?x=1&amp;y=&quot;2&quot;" target="_blank" rel="noreferrer">${text}</a>`;

const delivered = (count: number, expires = false, costCredits?: number): Delivery[] =>
	Array.from({ length: count }, (_, item) => {
		const task: Task = {
			taskId: `task-${item}`,
			status: 'SUCCEEDED',
			outputUrl: URL,
			...(expires && { outputUrlExpiresAt: '2026-11-26T05:21:00.000Z' }),
			...(costCredits !== undefined && { costCredits }),
		};
		return { item, taskId: task.taskId, task, output: { json: task } };
	});

test.each<
	[
		what: string,
		deliveries: Delivery[],
		waitedMs: number,
		keptBy: string | undefined,
		message: string,
	]
>([
	[
		'one video, with its expiry in the workflow’s time zone',
		delivered(1, true),
		59_600,
		undefined,
		`Waited 1 min 0 s for the task. ${LINK('Open the video')} (until 26 Nov, 06:21).`,
	],
	[
		'two videos without',
		delivered(2),
		61.5 * MINUTE,
		undefined,
		`Waited 1 h 1 min for 2 tasks. Open video ${LINK('1')}, ${LINK('2')}.`,
	],
	[
		'what two videos cost, one of which nobody knows',
		[...delivered(1, false, 84), ...delivered(2).slice(1)],
		2_000,
		undefined,
		`Waited 2 s for 2 tasks. Open video ${LINK('1')}, ${LINK('2')}. Cost: 84 credits for 1 of 2 tasks.`,
	],
	[
		'why it was not suspended',
		[],
		2_000,
		'an agent waits for the answer of its tool',
		'Waited 2 s for the task. The execution was not suspended meanwhile, since an agent waits for the answer of its tool.',
	],
])('afterwards it tells of %s', (_what, deliveries, waitedMs, keptBy, message) => {
	const tasks = deliveries.map(({ taskId }) => waitedFor(String(taskId)));
	const shown = tasks.length === 0 ? [waitedFor('late')] : tasks;
	const [{ message: text }] = told((context) =>
		tellResult(context, deliveries, shown, { now: NOON + waitedMs, keptBy }),
	);
	expect(text).toBe(message);
});

test('of many videos it links the first ten', () => {
	const tasks = delivered(12).map(({ taskId }) => waitedFor(String(taskId)));
	const [{ message }] = told((context) => tellResult(context, delivered(12), tasks, { now: NOON }));
	expect(message).toContain(`${LINK('10')} …`);
	expect(message).not.toContain('>11<');
});

test('a version of n8n that shows no hints is left alone', () => {
	const old = fake<IExecuteFunctions>({ getTimezone: () => 'UTC' }, ['addExecutionHints']);
	expect(() => tellProgress(old, [waitedFor('abc')], NOON)).not.toThrow();
	expect(() => tellResult(old, [], [waitedFor('abc')], { now: NOON })).not.toThrow();
});
