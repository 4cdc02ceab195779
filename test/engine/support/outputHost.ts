import { createServer, type ServerResponse } from 'node:http';
import { openServer } from '../../../tools/network/openServer';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import type { RunOptions } from '../../../tools/engine';

/** A host whose every task has succeeded, with one output. */
export interface OutputHost {
	/** `http://127.0.0.1:…` */
	origin: string;
	/** The paths of outputs that were asked for. */
	asked: string[];
	/** The credential for it; `name` stands for its address in the Base URL. */
	credentials(name?: string): NonNullable<RunOptions['credentials']>;
	close(): Promise<void>;
}

/**
 * Starts such a host on 127.0.0.1.
 *
 * @param outputUrl of each task, given the host's origin
 * @param answer what anything else but a task is answered
 */
export async function startOutputHost(
	outputUrl: (origin: string) => string,
	answer: (path: string, response: ServerResponse) => void,
): Promise<OutputHost> {
	const asked: string[] = [];
	let origin = '';
	const server = createServer(({ url = '' }, response) => {
		const [, taskId] = /^\/runwayml\/v1\/tasks\/(.+)$/.exec(url) ?? [];
		if (taskId !== undefined) {
			const task = { id: taskId, status: 'SUCCEEDED', output: [outputUrl(origin)] };
			response.setHeader('content-type', 'application/json').end(JSON.stringify(task));
			return;
		}
		asked.push(url);
		answer(url, response);
	});
	const { port, close } = await openServer(server);
	origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		asked,
		credentials: (name = '127.0.0.1') => ({
			cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: `http://${name}:${port}` },
		}),
		close,
	};
}
