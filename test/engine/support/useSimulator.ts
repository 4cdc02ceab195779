import { startSimulator, type Simulator, type SimulatorOptions } from '../../../tools/simulator';
import { disposeEngine } from '../../../tools/engine';

/**
 * A simulator for the tests of one file: started before the first, reset before each, closed after the last,
 * together with what the engine made. It can be used inside tests and hooks only.
 */
export function useSimulator(options: SimulatorOptions = {}): Simulator {
	let started: Simulator;
	beforeAll(async () => {
		started = await startSimulator(options);
	});
	beforeEach(() => started.reset());
	afterAll(async () => {
		await started.close();
		disposeEngine();
	});
	return new Proxy({} as Simulator, { get: (_target, key) => Reflect.get(started, key) });
}
