import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import { startStrictServer } from './strictServer';
import { node } from './workflows';

/** One item that a workflow has handed on. */
export interface Arrival {
	workflow: string;
	output: string;
	taskId: string;
	/** Of the item that it is paired with, where the workflow tells. */
	prompt?: string;
	/** What the item's own error says. */
	error?: string;
	/** Which build of the package the item comes from, where that one tells. */
	build?: string;
	/** Epoch ms. */
	at: number;
}

/** Where workflows hand their outputs to, as they would to a storage service: it counts what really arrives. */
export interface Sink {
	baseUrl: string;
	arrivals: Arrival[];
}

const place = z.object({
	workflow: z.string(),
	output: z.enum(['succeeded', 'failed', 'finished']),
});
const delivery = z
	.object({
		taskId: z.string().uuid(),
		prompt: z.string().optional(),
		error: z.string().optional(),
		build: z.string().optional(),
	})
	.strict();

/**
 * A server that takes `POST /<workflow>/<output>` with `{taskId}`, and more of an {@link Arrival} if that is told.
 *
 * @param takesMs how long it takes to answer, from when it has noted the arrival
 */
export async function startSink(takesMs = 0): Promise<Sink> {
	const arrivals: Arrival[] = [];
	const baseUrl = await startStrictServer((server) =>
		server.post('/:workflow/:output', async ({ params, body }) => {
			arrivals.push({ ...place.parse(params), ...delivery.parse(body), at: Date.now() });
			await sleep(takesMs);
			return { stored: true };
		}),
	);
	return { baseUrl, arrivals };
}

/** The node that hands on to the sink, once for each item: its `taskId`, or another delivery, as an expression. */
export const toSink = (name: string, url: string, handedOn = '{ taskId: $json.taskId }'): INode =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ ${handedOn} }}`,
		options: {},
	});
