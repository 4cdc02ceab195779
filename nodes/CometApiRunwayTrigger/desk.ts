import type { IPollFunctions } from 'n8n-workflow';
import { createLimiter, type Lane } from '../shared/http/limiter';
import type { SeenTask } from './seenTasks';

/** Files that are downloaded at a time, for all polls of a node together. */
const MOST_DOWNLOADS = 3;

/** What this process knows of one trigger node, whichever poll it comes from. */
export interface Desk {
	/** The tasks that a poll, or a download it has begun, is at work on: others leave them alone. */
	readonly atWork: Set<string>;
	/** What has been noted, by task id. */
	readonly noted: Map<string, SeenTask>;
	readonly downloads: Lane;
}

const desks = new Map<string, Desk>();

/**
 * The desk of a node. Polls of one node overlap, and not all of them have the same static data: n8n makes a new
 * workflow object, with a copy from the database, for each activation (its scheduler of polls: for each poll), and
 * one whose copy is older may still be at work and save it last. What they share is kept here, for as long as the
 * process lives.
 */
export function deskOf(context: IPollFunctions): Desk {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const desk = desks.get(key) ?? {
		atWork: new Set<string>(),
		noted: new Map<string, SeenTask>(),
		downloads: createLimiter(MOST_DOWNLOADS).lane(MOST_DOWNLOADS),
	};
	desks.set(key, desk);
	return desk;
}
