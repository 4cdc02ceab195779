import type { IncomingHttpHeaders } from 'node:http';
import type { CreateRoute } from './create/routes';
import type { Operation } from './faultSchema';

/** One request that arrived at one of the two servers. Bodies are not kept. */
export interface RecordedRequest {
	/** Real ms since the epoch at which its headers arrived. */
	at: number;
	server: 'api' | 'output';
	/** Which documented endpoint it is for, if any. */
	operation?: Operation;
	method: string;
	/** With the query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** The HTTP status, or how it ended without one; unanswered until then. */
	status: number | 'reset' | 'closed' | 'hang' | 'unanswered';
	/** Real ms since the epoch at which all of its answer had been sent, or its connection had ended; none while it is open. */
	closedAt?: number;
	taskId?: string;
	/** Of a create, the end of its path. */
	route?: CreateRoute;
	/** Of a create whose body could be read and has them. */
	promptText?: string;
	model?: string;
	/** Of a create whose body could be read: what rules, faults and words are looked for in; see textOf. */
	text?: string;
	bodyBytes: number;
}

/** What the simulator counts. */
export interface SimulatorStats {
	/** Creates that arrived, however they were answered. */
	createsReceived: number;
	/** Creates that led to a task, which a real gateway would bill. */
	tasksAccepted: number;
	/** Reads of tasks, however they were answered. */
	taskReads: number;
	readsPerTask: Record<string, number>;
	downloads: number;
	/** The most API requests that were open at once. */
	maxInFlight: number;
}

/** Keeps what arrived, in order, and derives the counts from it. */
export class Recorder {
	private recorded: RecordedRequest[] = [];
	private inFlight = 0;
	private maxInFlight = 0;

	constructor(private readonly log: (line: string) => void) {}

	/** Takes in an arriving request; what is learned of it later is written into the returned record. */
	arrive(request: Omit<RecordedRequest, 'status' | 'bodyBytes' | 'at'>): RecordedRequest {
		const record: RecordedRequest = {
			at: Date.now(),
			...request,
			status: 'unanswered',
			bodyBytes: 0,
		};
		this.recorded.push(record);
		return record;
	}

	/** Notes how a request ended and logs its line: no headers, no query, so neither keys nor signatures. */
	settle(record: RecordedRequest, status: RecordedRequest['status']): void {
		record.status = status;
		const { server, method, path, taskId, text } = record;
		const time = new Date(record.at).toISOString().slice(11, 23);
		const aboutTask = taskId && !path.includes(taskId) ? ` task ${taskId}` : '';
		const aboutText = text ? ` ${JSON.stringify(text.slice(0, 60))}` : '';
		this.log(`${time} ${server} ${method} ${path.split('?')[0]} ${status}${aboutTask}${aboutText}`);
	}

	/** Counts an API request as open until the returned function is called. */
	open(): () => void {
		this.inFlight += 1;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		return () => {
			this.inFlight -= 1;
		};
	}

	/** Forgets everything but the requests that are still open. */
	clear(): void {
		this.recorded = [];
		this.maxInFlight = this.inFlight;
	}

	requests(): RecordedRequest[] {
		return this.recorded.map((record) => ({ ...record }));
	}

	/** How many creates with this very text arrived. */
	countCreates(text: string): number {
		return this.ofOperation('create').filter((record) => record.text === text).length;
	}

	stats(tasksAccepted: number): SimulatorStats {
		const reads = this.ofOperation('read');
		const readsPerTask: Record<string, number> = {};
		for (const { taskId } of reads) {
			if (taskId) readsPerTask[taskId] = (readsPerTask[taskId] ?? 0) + 1;
		}
		return {
			createsReceived: this.ofOperation('create').length,
			tasksAccepted,
			taskReads: reads.length,
			readsPerTask,
			downloads: this.ofOperation('download').length,
			maxInFlight: this.maxInFlight,
		};
	}

	private ofOperation(operation: Operation): RecordedRequest[] {
		return this.recorded.filter((record) => record.operation === operation);
	}
}
