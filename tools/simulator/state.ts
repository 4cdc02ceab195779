import { randomUUID } from 'node:crypto';
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
export interface CreatedTask {
	id: string;
	promptText: string;
	scenario: Scenario;
	/** Real ms since the epoch. */
	createdAt: number;
}

/** An accepted task as tests see it. */
export interface SimulatedTask {
	id: string;
	promptText: string;
	/** As it is now. */
	status: SimulatedStatus;
	/** Real ms since the epoch. */
	createdAt: number;
	/** Real ms since the epoch at which it has, or will have, its outcome. */
	finishesAt: number;
	/** How many creates with its promptText arrived, accepted or not. */
	createCount: number;
	/** How many reads of it arrived. */
	readCount: number;
}

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
	/** Prompts whose words' faults are lined up, until a create of theirs passes unhindered. */
	private readonly armedPrompts = new Set<string>();

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
		this.armedPrompts.clear();
		this.recorder.clear();
	}

	findTask(id: string): CreatedTask | undefined {
		return this.acceptedTasks.get(id);
	}

	newTask(promptText: string): CreatedTask {
		const scenario = this.scenarios.scenarioFor(promptText);
		return { id: randomUUID(), promptText, scenario, createdAt: Date.now() };
	}

	/** Lines up the faults that a prompt's words put in front of its creates. */
	armPromptWords(promptText: string): void {
		const { createFaults } = readPromptWords(promptText);
		if (createFaults.length === 0 || this.armedPrompts.has(promptText)) return;
		this.armedPrompts.add(promptText);
		for (const fault of createFaults) this.addFault({ ...fault, promptIncludes: promptText });
	}

	/** @param unhindered no fault hit the create: the next one of its prompt meets the words' faults afresh */
	accept(task: CreatedTask, unhindered: boolean): void {
		this.acceptedTasks.set(task.id, task);
		const { taskFaults } = readPromptWords(task.promptText);
		for (const fault of taskFaults) this.addFault({ ...fault, taskId: task.id });
		if (unhindered) this.armedPrompts.delete(task.promptText);
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
			promptText: task.promptText,
			status: taskAt(task.scenario, this.elapsedMs(task)).status,
			createdAt: task.createdAt,
			finishesAt: task.createdAt + finishedFromMs(task.scenario) / this.speed,
			createCount: this.recorder.countCreates(task.promptText),
			readCount: readsPerTask[task.id] ?? 0,
		}));
	}

	stats(): SimulatorStats {
		return this.recorder.stats(this.acceptedTasks.size);
	}

	private signOutputUrls({ id, scenario }: CreatedTask): string[] {
		const lifeMs = scenario.outputUrlTtlMs / this.speed;
		return Array.from({ length: scenario.outputCount }, (_, n) =>
			this.signer.sign(this.outputBaseUrl, `/outputs/${id}/${n}.mp4`, lifeMs),
		);
	}
}
