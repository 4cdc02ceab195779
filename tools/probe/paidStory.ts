import { setTimeout } from 'node:timers/promises';
import { ask, summaryOf, type Answer } from './answer';
import type { PaidOrder } from './paidOrder';
import { createUrl, LOG_PATH, RUNWAY_VERSION, taskUrl, withKey, type Target } from './questions';
import { createdIdOf, hasFinished, isMissing, taskOf, type CreatedId } from './taskView';

/** An answer, and how many ms after the create's it came. */
export interface TimedAnswer {
	afterMs: number;
	answer: Answer;
}

/** Everything that was seen of one task that was paid for. */
export interface PaidStory {
	order: PaidOrder;
	/** Epoch ms at which the create was sent. */
	sentAt: number;
	created: Answer;
	id?: CreatedId;
	reads: TimedAnswer[];
	/** Epoch ms of the last read. */
	lastReadAt: number;
	/** Of the finished task, a moment later. */
	readAgain?: Answer;
	/** Of its first output. */
	head?: Answer;
	/** Of the key, after the end. */
	log?: Answer;
}

export interface PaidPace {
	/** Between two reads; Runway asks for 5 s at least. */
	pollMs: number;
	timeoutMs: number;
}

/**
 * Creates the task, once, and looks at it until it is finished. Never throws.
 *
 * @param say gets a line for each thing that happens; the one with the id has the whole of it
 */
export async function livePaidStory(
	target: Target,
	order: PaidOrder,
	{ pollMs, timeoutMs }: PaidPace,
	say: (line: string) => void,
): Promise<PaidStory> {
	const headers = { ...withKey(target), ...RUNWAY_VERSION };
	const sentAt = Date.now();
	const url = createUrl(target, order.route);
	const created = await ask({ method: 'POST', url, headers, body: order.body });
	const id = createdIdOf(created);
	const story: PaidStory = { order, sentAt, created, id, reads: [], lastReadAt: sentAt };
	if (!id) {
		say(`no id in the answer: ${summaryOf(created)}`);
		return story;
	}
	say(`task ${id.id}: this id is paid for, keep it`);
	const read = async () =>
		await ask({ method: 'GET', url: taskUrl(target, String(id.id)), headers });
	const createdAt = Date.now();
	do {
		if (story.reads.length > 0) await setTimeout(pollMs);
		const answer = await read();
		story.lastReadAt = Date.now();
		story.reads.push({ afterMs: story.lastReadAt - createdAt, answer });
		say(progressLine(answer));
	} while (!isOver(story) && Date.now() - createdAt < timeoutMs);
	await lookAtEnd(target, story, read);
	return story;
}

function isOver({ reads }: PaidStory): boolean {
	const task = reads.length > 0 && taskOf(reads[reads.length - 1].answer);
	return task ? hasFinished(task) : false;
}

function progressLine(answer: Answer): string {
	const task = taskOf(answer);
	if (task) return [task.status, task.progress].filter((part) => part !== undefined).join(' ');
	return isMissing(answer) ? 'task_not_exist, as yet' : summaryOf(answer);
}

/** The output's host gets no key. */
async function lookAtEnd(
	target: Target,
	story: PaidStory,
	read: () => Promise<Answer>,
): Promise<void> {
	if (!isOver(story)) return;
	story.readAgain = await read();
	const [url] = taskOf(story.readAgain)?.outputUrls ?? [];
	if (url && URL.canParse(url)) story.head = await ask({ method: 'HEAD', url });
	story.log = await ask({
		method: 'GET',
		url: target.baseUrl + LOG_PATH,
		headers: withKey(target),
	});
}
