import assert from 'node:assert/strict';
import type { Clip, RenderQueue } from '../renderQueue/queue';

/** How the render queue's clips have ended. */
export interface QueueEnding {
	/** All clips, when a person has seen to those that were flagged. */
	clips: Clip[];
	/** How many of them were flagged. */
	flagged: number;
	/** How many executions had crashed, and were retried. */
	retried: number;
	/** Prompts of the clips that had more than one create before a person saw to them. */
	submittedAgain: string[];
}

/**
 * Retries what has crashed, waits until the queue has worked off what it can, has it flag what was cut off, and sees to
 * the flagged ones as a person does.
 */
export async function endQueue(queue: RenderQueue): Promise<QueueEnding> {
	const retried = await queue.retryCrashed();
	await queue.waitUntilNoneIn('queued', 'submitted');
	const submittedAgain = (await queue.clips())
		.filter((clip) => queue.submissionsOf(clip).creates > 1)
		.map(({ prompt }) => prompt);
	for (const clip of await queue.clipsIn('submitting')) await queue.age(clip);
	await queue.waitUntilNoneIn('submitting');
	const flagged = await queue.clipsIn('check');
	for (const { error } of flagged) assert.match(error, /its task may exist/);
	await queue.lookUpFlagged();
	await queue.waitUntilNoneIn('queued', 'submitting', 'submitted');
	return { clips: await queue.clips(), flagged: flagged.length, retried, submittedAgain };
}
