import { randomInt, randomUUID } from 'node:crypto';
import type { CreateRoute } from './create/routes';
import type { CreateOrder } from './createRequest';
import { FaultQueue } from './faultQueue';
import { faultSchema } from './faultSchema';
import { parseInput } from './parseInput';
import { readPromptWords } from './promptWords';
import { Recorder, type SimulatorStats } from './recorder';
import type { PartialScenario, Scenario } from './scenario';
import { ScenarioBook } from './scenarioBook';
import { UrlSigner } from './signedUrls';
import { finishedFromMs, taskAt, type SimulatedStatus } from './taskLife';
import type { TaskView } from './wireShapes';

/** A task as a create makes it; it counts once it is accepted. */
export interface CreatedTask extends CreateOrder {
	id: string;
	/** What rules, faults and words are looked for in; see textOf. */
	text: string;
	/** Empty where the create has none. */
	promptText: string;
	scenario: Scenario;
	/** Real ms since the epoch. */
	createdAt: number;
}

/** An accepted task as tests see it. */
export interface SimulatedTask {
	id: string;
	route: CreateRoute;
	model: string;
	/** Empty where the create has none. */
	promptText: string;
	/** As it is now. */
	status: SimulatedStatus;
	/** Real ms since the epoch. */
	createdAt: number;
	/** Real ms since the epoch at which it has, or will have, its outcome. */
	finishesAt: number;
	/** How many creates with its prompt (or its other texts, where it has none) arrived, accepted or not. */
	createCount: number;
	/** How many reads of it arrived. */
	readCount: number;
}

/** The texts of a create; see CreatedTask. */
export type CreateTexts = Pick<CreatedTask, 'text' | 'promptText'>;

/** Ids that are numbers are below this: randomInt's limit, and exact in JavaScript. */
const MAX_ID = 2 ** 48 - 1;

/** What a SimulatorState starts from. */
export interface StateOptions {
	apiKey: string;
	/** Simulated ms per real ms. */
	speed: number;
	scenario: PartialScenario;
	log: (line: string) => void;
}

/** Everything the simulator knows while it runs. */
export class SimulatorState {
	readonly apiKey: string;
	readonly speed: number;
	readonly recorder: Recorder;
	readonly scenarios: ScenarioBook;
	readonly faults = new FaultQueue();
	readonly signer = new UrlSigner();
	/** Known once the output server listens. */
	outputBaseUrl = '';

	private readonly acceptedTasks = new Map<string, CreatedTask>();
	/** Texts whose words' faults are lined up, until a create of theirs passes unhindered. */
	private readonly armedTexts = new Set<string>();

	constructor({ apiKey, speed, scenario, log }: StateOptions) {
		this.apiKey = apiKey;
		this.speed = speed;
		this.recorder = new Recorder(log);
		this.scenarios = new ScenarioBook(scenario);
	}

	/** @throws {InvalidInputError} when the fault does not fit its schema */
	addFault(fault: unknown): void {
		this.faults.add(parseInput(faultSchema, fault));
	}

	/** Back to the start: the initial scenario, no rules, faults, tasks or requests. */
	reset(): void {
		this.scenarios.reset();
		this.faults.clear();
		this.acceptedTasks.clear();
		this.armedTexts.clear();
		this.recorder.clear();
	}

	findTask(id: string): CreatedTask | undefined {
		return this.acceptedTasks.get(id);
	}

	newTask(order: CreateOrder, { text, promptText }: CreateTexts): CreatedTask {
		const scenario = this.scenarios.scenarioFor(text);
		const id = scenario.createdIdAs === 'number' ? String(randomInt(MAX_ID)) : randomUUID();
		return { ...order, id, text, promptText, scenario, createdAt: Date.now() };
	}

	/** Lines up the faults that a text's words put in front of its creates. */
	armPromptWords(text: string): void {
		const { createFaults } = readPromptWords(text);
		if (createFaults.length === 0 || this.armedTexts.has(text)) return;
		this.armedTexts.add(text);
		for (const fault of createFaults) this.addFault({ ...fault, promptIncludes: text });
	}

	/** @param unhindered no fault hit the create: the next one of its text meets the words' faults afresh */
	accept(task: CreatedTask, unhindered: boolean): void {
		this.acceptedTasks.set(task.id, task);
		const { taskFaults } = readPromptWords(task.text);
		for (const fault of taskFaults) this.addFault({ ...fault, taskId: task.id });
		if (unhindered) this.armedTexts.delete(task.text);
	}

	/** Simulated ms since the task was created. */
	elapsedMs(task: CreatedTask): number {
		return (Date.now() - task.createdAt) * this.speed;
	}

	/** What a read of the task is answered from, now. */
	view(task: CreatedTask): TaskView {
		return {
			...task,
			speed: this.speed,
			elapsedMs: this.elapsedMs(task),
			signOutputUrls: () => this.signOutputUrls(task),
		};
	}

	/** The accepted tasks, oldest first. */
	tasks(): SimulatedTask[] {
		const { readsPerTask } = this.stats();
		return [...this.acceptedTasks.values()].map((task) => ({
			id: task.id,
			route: task.route,
			model: task.model,
			promptText: task.promptText,
			status: taskAt(task.scenario, this.elapsedMs(task)).status,
			createdAt: task.createdAt,
			finishesAt: task.createdAt + finishedFromMs(task.scenario) / this.speed,
			createCount: this.recorder.countCreates(task.text),
			readCount: readsPerTask[task.id] ?? 0,
		}));
	}

	stats(): SimulatorStats {
		return this.recorder.stats(this.acceptedTasks.size);
	}

	private signOutputUrls({ id, scenario, fileKind, outputCount = 1 }: CreatedTask): string[] {
		const { outputOrigin = this.outputBaseUrl, outputUrlTtlMs } = scenario;
		const lifeMs = outputUrlTtlMs / this.speed;
		return Array.from({ length: scenario.outputCount ?? outputCount }, (_, n) =>
			this.signer.sign(outputOrigin, `/outputs/${id}/${n}.${fileKind}`, lifeMs),
		);
	}
}
