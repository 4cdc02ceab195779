import { describeCosts } from '../../task/costs';
import type { Waited } from '../../task/watch';
import type { ItemsContext } from '../context';
import type { Delivery } from './deliver';

/** What n8n's editor shows of a node that has suspended the execution; it is worked out without the run, so it is fixed. */
export const WAITING_TOOLTIP =
	'Runway is at work. n8n checks again by itself and goes on when the tasks have ended; nothing has to stay open.';

/** So many links are offered in one hint. */
const MOST_LINKS = 10;

/** Says in the output panel what a suspended execution waits for, and when it looks again (epoch ms). */
export function tellProgress(context: ItemsContext, tasks: Waited[], until: number): void {
	hint(context, describeProgress(tasks, showTime(context, until)));
}

/** What is known of tasks that have not ended, and when (in words) they are looked at again. */
export function describeProgress(tasks: Waited[], again: string): string {
	const open = tasks.filter(({ ending }) => !ending);
	const [{ order, watch }] = open;
	if (open.length > 1 || tasks.length > 1)
		return `${tasks.length - open.length} of ${tasks.length} tasks have ended. n8n checks again at ${again}.`;
	const percent =
		watch.task?.progress === undefined ? '' : `, ${Math.round(watch.task.progress * 100)} %`;
	const status = watch.task?.rawStatus ?? watch.task?.status ?? 'not seen yet';
	const known = asText(`Task ${order.taskId}: ${status.toLowerCase()}${percent}.`);
	return `${known} n8n checks again at ${again}.`;
}

/** Says in the output panel how long it took, where the outputs are, what it cost, and why the execution was not suspended. */
export function tellResult(
	context: ItemsContext,
	deliveries: Delivery[],
	tasks: Waited[],
	{ now, keptBy }: { now: number; keptBy?: string },
): void {
	if (tasks.length === 0) return;
	const longest = Math.max(...tasks.map(({ watch }) => now - watch.startedAt));
	const sentences = [
		`Waited ${inWords(longest)} for ${tasks.length === 1 ? 'the task' : `${tasks.length} tasks`}.`,
		describeOutputs(context, deliveries),
		describeCosts(deliveries.flatMap(({ task }) => task ?? [])),
		keptBy && `The execution was not suspended meanwhile, since ${keptBy}.`,
	];
	hint(context, sentences.filter(Boolean).join(' '));
}

/** Older versions of n8n can't show it, and none does for a declarative node. */
function hint(context: ItemsContext, message: string): void {
	if (!('addExecutionHints' in context)) return;
	context.addExecutionHints({ message, location: 'outputPane' });
}

/** Links to the outputs: n8n shows a hint as HTML. */
function describeOutputs(context: ItemsContext, deliveries: Delivery[]): string {
	const tasks = deliveries.flatMap((delivery) =>
		'output' in delivery && delivery.task?.outputUrl ? [delivery.task] : [],
	);
	if (tasks.length === 0) return '';
	const { outputUrlExpiresAt } = tasks[0];
	const expiry = outputUrlExpiresAt
		? ` (until ${showTime(context, Date.parse(outputUrlExpiresAt), true)})`
		: '';
	if (tasks.length === 1) return `${link(tasks[0].outputUrl, 'Open the video')}${expiry}.`;
	const links = tasks
		.slice(0, MOST_LINKS)
		.map(({ outputUrl }, index) => link(outputUrl, String(index + 1)));
	const others = tasks.length > MOST_LINKS ? ' …' : '';
	return `Open video ${links.join(', ')}${others}${expiry}.`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function link(url: string | undefined, text: string): string {
	return `<a href="${asText(String(url))}" target="_blank" rel="noreferrer">${text}</a>`;
}

const asText = (html: string): string =>
	html.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** A time of day in the workflow's time zone, with the date where that is asked for: "26 Nov, 06:21". */
function showTime(context: ItemsContext, moment: number, withDate = false): string {
	return new Intl.DateTimeFormat('en-GB', {
		timeZone: context.getTimezone(),
		hour: '2-digit',
		minute: '2-digit',
		...(withDate && { day: 'numeric', month: 'short' }),
	}).format(moment);
}

function inWords(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	if (minutes === 0) return `${seconds} s`;
	return minutes < 60
		? `${minutes} min ${seconds % 60} s`
		: `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
