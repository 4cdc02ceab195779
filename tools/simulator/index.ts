import type { FaultInput } from './faultSchema';
import { listen, recordingServer } from './http';
import type { RecordedRequest, SimulatorStats } from './recorder';
import { adminRoutes } from './routes/admin';
import { apiRoutes } from './routes/api';
import { outputRoutes } from './routes/output';
import type { PartialScenario, ScenarioRule } from './scenario';
import { SimulatorState, type SimulatedTask } from './state';

export type { CreateRoute } from './create/routes';
export type { FaultInput } from './faultSchema';
export type { RecordedRequest, SimulatorStats } from './recorder';
export type { PartialScenario, Scenario, ScenarioRule } from './scenario';
export type { SimulatedTask } from './state';

/** The only key the simulator takes, unless told otherwise; unmistakable, so that tests can look for it anywhere. */
export const DEFAULT_API_KEY = 'sk-simulator-canary-4f1Qz8Tw';

export interface SimulatorOptions {
	/** Port of the API; 0, the default, takes a free one. */
	port?: number;
	/** The only key that is accepted. Default: DEFAULT_API_KEY. */
	apiKey?: string;
	/** Simulated ms per real ms, default 1. Every duration in a scenario is in simulated ms. */
	speed?: number;
	/** For new tasks; what it leaves out has the scenario's defaults. */
	scenario?: PartialScenario;
	/** Gets one line per request, as soon as its answer begins. Never contains the key. */
	log?: (line: string) => void;
}

/** A running simulator. */
export interface Simulator {
	/** http://127.0.0.1:PORT, what goes into the credential's Base URL. */
	baseUrl: string;
	/** Another host, as far as keys are concerned: the CDN that output URLs point to. */
	outputBaseUrl: string;
	/** The scenario for new tasks from now on: the defaults with these fields over them. */
	useScenario(scenario: PartialScenario): void;
	/** A scenario for new tasks whose prompt (or other texts, where there is none) contains a string, over the current one. */
	addRule(rule: ScenarioRule): void;
	addFault(fault: FaultInput): void;
	/** Forgets the faults that have not hit yet. */
	clearFaults(): void;
	/** What arrived at both servers, in order. */
	requests(): RecordedRequest[];
	/** The accepted tasks, oldest first. */
	tasks(): SimulatedTask[];
	stats(): SimulatorStats;
	/** Back to the start: the scenario it was started with, no rules, faults, tasks or requests. */
	reset(): void;
	/** Ends both servers at once, with every connection that is still open. */
	close(): Promise<void>;
}

/**
 * Starts a CometAPI that speaks the Runway contract, and the CDN for its outputs, on this machine alone.
 * Scenarios, rules and faults that do not fit throw an error that names the field.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, apiKey = DEFAULT_API_KEY, speed = 1, scenario = {}, log = () => {} } = options;
	const state = new SimulatorState({ apiKey, speed, scenario, log });
	const api = recordingServer(state, 'api');
	const output = recordingServer(state, 'output');
	const close = async () => {
		await Promise.all([api.close(), output.close()]);
	};
	apiRoutes(api, state);
	adminRoutes(api, state);
	outputRoutes(output, state);
	let baseUrl: string | undefined;
	try {
		state.outputBaseUrl = await listen(output, 0);
		baseUrl = await listen(api, port);
	} finally {
		// When the port is taken, the output server must not keep the process alive.
		if (!baseUrl) await close();
	}
	return simulatorOf(state, baseUrl, close);
}

function simulatorOf(
	state: SimulatorState,
	baseUrl: string,
	close: () => Promise<void>,
): Simulator {
	return {
		baseUrl,
		outputBaseUrl: state.outputBaseUrl,
		useScenario: (scenario) => void state.scenarios.use(scenario),
		addRule: (rule) => state.scenarios.addRule(rule),
		addFault: (fault) => state.addFault(fault),
		clearFaults: () => state.faults.clear(),
		requests: () => state.recorder.requests(),
		tasks: () => state.tasks(),
		stats: () => state.stats(),
		reset: () => state.reset(),
		close,
	};
}
