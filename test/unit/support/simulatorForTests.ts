import { startSimulator, type Simulator, type SimulatorOptions } from '../../../tools/simulator';

/**
 * A simulator for the tests of one file: started before the first, reset before each, closed after the last. It can be
 * used inside tests and hooks only.
 */
export function simulatorForTests(options: SimulatorOptions = {}): Simulator {
	let started: Simulator | undefined;
	beforeAll(async () => {
		started = await startSimulator(options);
	});
	beforeEach(() => started?.reset());
	afterAll(async () => await started?.close());
	return new Proxy<Simulator>(Object.create(null), {
		get(_target, key) {
			if (started && key in started) return Reflect.get(started, key);
			throw new Error(`The simulator has no ${String(key)}, or none outside of tests and hooks`);
		},
	});
}
