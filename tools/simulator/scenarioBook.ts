import { parseInput } from './parseInput';
import { readPromptWords } from './promptWords';
import {
	partialScenarioSchema,
	ruleSchema,
	scenarioOf,
	type PartialScenario,
	type ScenarioRule,
	type Scenario,
} from './scenario';

/** Knows which scenario a new task gets. */
export class ScenarioBook {
	private scenario: Scenario;
	private rules: ScenarioRule[] = [];

	/** @throws {InvalidInputError} when the initial scenario does not fit its schema */
	constructor(private readonly initialScenario: PartialScenario) {
		this.scenario = this.use(initialScenario);
	}

	/** For answers that are about no task. */
	get current(): Scenario {
		return this.scenario;
	}

	/**
	 * The scenario for new tasks from now on: the schema's defaults with these fields over them.
	 *
	 * @throws {InvalidInputError} when it does not fit its schema
	 */
	use(scenario: unknown): Scenario {
		this.scenario = scenarioOf(parseInput(partialScenarioSchema, scenario));
		return this.scenario;
	}

	/** @throws {InvalidInputError} when the rule does not fit its schema */
	addRule(rule: unknown): void {
		this.rules.push(parseInput(ruleSchema, rule));
	}

	reset(): void {
		this.use(this.initialScenario);
		this.rules = [];
	}

	/** The default scenario, under the rules that match in the order they were added, under the prompt's words. */
	scenarioFor(text: string): Scenario {
		const rules = this.rules.filter(({ promptIncludes }) => text.includes(promptIncludes));
		return scenarioOf(
			this.scenario,
			...rules.map(({ scenario }) => scenario),
			readPromptWords(text).scenario,
		);
	}
}
