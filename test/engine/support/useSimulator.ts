import { disposeEngine } from '../../../tools/engine';
import type { Simulator, SimulatorOptions } from '../../../tools/simulator';
import { simulatorForTests } from '../../unit/support/simulatorForTests';

/** A simulator for the tests of one file, which is closed together with what the engine made. */
export function useSimulator(options: SimulatorOptions = {}): Simulator {
	const simulator = simulatorForTests(options);
	afterAll(disposeEngine);
	return simulator;
}
