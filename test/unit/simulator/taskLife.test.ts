import { scenarioOf, type PartialScenario } from '../../../tools/simulator/scenario';
import { existsAt, gatewayStatusAt, taskAt } from '../../../tools/simulator/taskLife';

const scenario = scenarioOf({ pendingMs: 300, throttledMs: 200, runningMs: 1000 });

describe('a task in the course of its life', () => {
	it.each([
		[0, 'PENDING', 'NOT_START'],
		[99, 'PENDING', 'NOT_START'],
		[100, 'PENDING', 'SUBMITTED'],
		[200, 'PENDING', 'QUEUED'],
		[299, 'PENDING', 'QUEUED'],
		[300, 'THROTTLED', 'QUEUED'],
		[499, 'THROTTLED', 'QUEUED'],
		[500, 'RUNNING', 'IN_PROGRESS'],
		[1499, 'RUNNING', 'IN_PROGRESS'],
		[1500, 'SUCCEEDED', 'SUCCESS'],
		[999_999, 'SUCCEEDED', 'SUCCESS'],
	])('is, after %d ms, %s to Runway and %s to the gateway', (elapsedMs, status, gatewayStatus) => {
		expect(taskAt(scenario, elapsedMs).status).toBe(status);
		expect(gatewayStatusAt(scenario, elapsedMs)).toBe(gatewayStatus);
	});

	it.each([
		['SUCCEEDED', 'SUCCESS'],
		['FAILED', 'FAILURE'],
		['CANCELLED', 'FAILURE'],
	] as const)('ends %s when its scenario says so, which the gateway calls %s', (outcome, word) => {
		const ending = { ...scenario, outcome };
		expect(taskAt(ending, 1500)).toEqual({ status: outcome });
		expect(gatewayStatusAt(ending, 1500)).toBe(word);
	});

	it('is finished at once when it has no waiting spans', () => {
		expect(taskAt(scenarioOf({ pendingMs: 0, runningMs: 0 }), 0)).toEqual({ status: 'SUCCEEDED' });
	});

	it('is unknown to reads for as long as notExistMs says, and not longer', () => {
		const late = { ...scenario, notExistMs: 400 };
		expect([0, 399, 400].map((elapsedMs) => existsAt(late, elapsedMs))).toEqual([
			false,
			false,
			true,
		]);
	});
});

describe('progress', () => {
	it.each([
		['linear', [0, 0.25, 0.5, 0.999]],
		['steps', [0, 0.25, 0.5, 0.75]],
		['stalling', [0, 0.45, 0.9, 0.9]],
		['none', [undefined, undefined, undefined, undefined]],
	] as const)('that is %s reads %j in the course of the run', (progress, expected) => {
		const seen = [500, 750, 1000, 1499].map(
			(elapsedMs) => taskAt({ ...scenario, progress }, elapsedMs).progress,
		);
		expect(seen).toEqual(expected);
	});

	it.each<[string, PartialScenario, number[]]>([
		['linear in tenths', { progress: 'linear', progressStep: 0.1 }, [0, 0.2, 0.5, 0.9]],
		[
			'along points',
			{
				progress: [
					[0, 0],
					[0.5, 0.8],
					[1, 1],
				],
			},
			[0, 0.4, 0.8, 0.999],
		],
		[
			'along points in tenths',
			{
				progress: [
					[0, 0.3],
					[0.5, 0.7],
					[1, 1],
				],
				progressStep: 0.1,
			},
			[0.3, 0.5, 0.7, 0.9],
		],
		[
			'flat outside of its points',
			{
				progress: [
					[0.3, 0.3],
					[0.4, 0.5],
				],
			},
			[0.3, 0.3, 0.5, 0.5],
		],
	])('that is %s', (_how, shape, expected) => {
		const seen = [500, 750, 1000, 1499].map(
			(elapsedMs) => taskAt({ ...scenario, ...shape }, elapsedMs).progress,
		);
		expect(seen).toEqual(expected);
	});

	it('is there only while the task is RUNNING', () => {
		expect(taskAt(scenario, 0)).toEqual({ status: 'PENDING' });
		expect(taskAt(scenario, 300)).toEqual({ status: 'THROTTLED' });
		expect(taskAt(scenario, 1500)).toEqual({ status: 'SUCCEEDED' });
	});
});
