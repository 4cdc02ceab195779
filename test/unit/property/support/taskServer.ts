import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiResponse } from '../../../../nodes/shared/http/outcome';
import { BLURS, give, ok, PASSING_BLURS, REFUSALS, type Answer } from './answers';
import { canceled, taskOfRead } from './fakeServer';
import { current } from '../../../../tools/clock/virtualTime';

/** What one look at a task meets. */
export interface LookEvent {
	meets: 'task' | 'blur' | 'refusal';
	/** Which one of that kind. */
	which: number;
	takesMs: number;
}

/** A task that has been accepted, and what looking at it is like. */
export interface TaskPlan {
	/** What looks meet one after the other; then they show the task. */
	looks: LookEvent[];
	lifeMs: number;
	outcome: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'without URL';
	tellsProgress: boolean;
	isWrapped: boolean;
	timeoutMinutes: number;
}

const MOST_IN_FLIGHT = 5;
const LONGEST_PAUSE_S = 300;

/** Where a task's output lies. */
export const outputUrlOf = (taskId: string): string => `https://cdn.example/${taskId}.mp4`;

/** A server that lets tasks live, and minds that it is asked politely. */
export class TaskServer {
	/** What it had to say about its client. To throw would be no good: the client takes that for a network error. */
	readonly complaints: string[] = [];
	/** The tasks one of whose looks has met something worse than what passes by itself. */
	readonly inLastingTrouble = new Set<string>();
	private readonly startedAt = current.time.now();
	private readonly left: LookEvent[][];
	private readonly askedAt = new Map<string, number>();
	private readonly notBefore = new Map<string, number>();
	private inFlight = 0;
	looks = 0;
	/** Looks that brought the number in flight to the most there may be. */
	atTheCap = 0;
	/** Answers that asked to wait. */
	retryAfters = 0;

	constructor(
		private readonly tasks: TaskPlan[],
		private readonly minPollMs: number,
	) {
		this.left = tasks.map(({ looks }) => [...looks]);
	}

	/** How long the task may be waited for, in ms. */
	timeoutMsOf(taskId: string): number {
		return this.tasks[indexOf(taskId)].timeoutMinutes * 60_000;
	}

	/** Whether the task has ended by now, and well. */
	hasSucceeded(taskId: string): boolean {
		const { lifeMs, outcome } = this.tasks[indexOf(taskId)];
		return outcome === 'SUCCEEDED' && current.time.now() >= this.startedAt + lifeMs;
	}

	/** Answers a read; breaks off, as n8n does, when the user presses Stop. */
	async answer(
		request: IHttpRequestOptions,
		signal: AbortSignal | undefined,
	): Promise<ApiResponse> {
		const taskId = taskOfRead(request);
		this.mindManners(taskId);
		const event = this.left[indexOf(taskId)].shift() ?? { meets: 'task', which: 0, takesMs: 50 };
		this.looks += 1;
		this.inFlight += 1;
		if (this.inFlight === MOST_IN_FLIGHT) this.atTheCap += 1;
		if (this.inFlight > MOST_IN_FLIGHT)
			this.complaints.push(`${this.inFlight} reads were in flight at once`);
		await new Promise<void>((arrived) => {
			current.time.at(current.time.now() + event.takesMs, arrived);
			signal?.addEventListener('abort', () => arrived());
		});
		this.inFlight -= 1;
		if (signal?.aborted) throw canceled();
		const answer = this.answerTo(event, taskId);
		this.noteRetryAfter(taskId, answer);
		return give(answer);
	}

	private answerTo({ meets, which }: LookEvent, taskId: string): Answer {
		if (meets === 'task') return ok(this.bodyOf(taskId));
		const answers = Object.entries(meets === 'blur' ? BLURS : REFUSALS);
		const [name, answer] = answers[which % answers.length];
		if (!PASSING_BLURS.has(name) || meets === 'refusal') this.inLastingTrouble.add(taskId);
		return answer;
	}

	private mindManners(taskId: string): void {
		const now = current.time.now();
		const since = now - (this.askedAt.get(taskId) ?? Number.NEGATIVE_INFINITY);
		if (since < this.minPollMs)
			this.complaints.push(`${taskId} was asked for again after ${since} ms`);
		if (now < (this.notBefore.get(taskId) ?? 0))
			this.complaints.push(`${taskId} was asked for before Retry-After was over`);
		this.askedAt.set(taskId, now);
	}

	private noteRetryAfter(taskId: string, answer: Answer): void {
		const asked = 'headers' in answer ? Number(answer.headers['retry-after'] ?? 0) : 0;
		// Beyond that one read may look whether it still holds.
		const seconds = Math.min(asked, LONGEST_PAUSE_S);
		if (seconds > 0) this.retryAfters += 1;
		this.notBefore.set(taskId, current.time.now() + seconds * 1_000);
	}

	private bodyOf(taskId: string): object {
		const { lifeMs, outcome, tellsProgress, isWrapped } = this.tasks[indexOf(taskId)];
		const age = current.time.now() - this.startedAt;
		const isOver = age >= lifeMs;
		const output = isOver && outcome === 'SUCCEEDED' ? { output: [outputUrlOf(taskId)] } : {};
		const status = isOver ? outcome.replace('without URL', 'SUCCEEDED') : 'RUNNING';
		const progress = !isOver && tellsProgress ? { progress: Math.min(0.99, age / lifeMs) } : {};
		const bare = { id: taskId, status, ...output, ...progress };
		return isWrapped
			? {
					code: 'success',
					data: {
						task_id: taskId,
						status: 'IN_PROGRESS',
						...(isOver ? { status } : {}),
						data: bare,
					},
				}
			: bare;
	}
}

function indexOf(taskId: string): number {
	return Number(taskId.split('-')[1]);
}
