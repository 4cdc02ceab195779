import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { closeWithSuite, freePort } from '../harness';

/** What an execution hands on when its task has succeeded. */
export interface Delivery {
	taskId: string;
	execution: string;
	/** Epoch ms. */
	at: number;
}

/** The end of the workflows: takes the outputs in and counts them. */
export interface Sink {
	url: string;
	deliveries: Delivery[];
}

/** Starts a sink in this process. */
export async function startSink(): Promise<Sink> {
	const deliveries: Delivery[] = [];
	const server = createServer(async (request, response) => {
		const delivery = (await json(request)) as Omit<Delivery, 'at'>;
		deliveries.push({ ...delivery, at: Date.now() });
		response.setHeader('content-type', 'application/json').end('{"taken":true}');
	});
	const port = await freePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	closeWithSuite({
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
	return { url: `http://127.0.0.1:${port}/`, deliveries };
}
