import { addNodes, connect } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { collect, durable, DurableWorld, ORDERS } from './support/durable';
import { suspendingWait } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd, promptsOf } = new DurableWorld(simulator, clock);

describe.each(ORDERS)('in execution order %s', (order) => {
	test('items that end at different times leave together, in input order and paired', async () => {
		const names = lives({ middle: 250, long: 500, short: 2, brief: 140 });
		const cycle = await toTheEnd(durable(order), names);

		expect(cycle.last.status).toBe('success');
		expect(cycle.runs.length).toBeGreaterThan(2);
		expect(promptsOf(cycle, 'Done')).toEqual([names]);
		expect(simulator.stats().createsReceived).toBe(4);
	}, 60_000);

	test('with Pass On Early finished items flow on at once, each once and paired', async () => {
		const names = lives({ middle: 250, long: 500, short: 2, brief: 140 });
		const cycle = await toTheEnd(durable(order, suspendingWait({ passOnEarly: true })), names);

		expect(cycle.last.status).toBe('success');
		expect(promptsOf(cycle, 'Done').flat()).toEqual(['short', 'brief', 'middle', 'long']);
		const atSecondRest = { ...cycle, last: cycle.runs[1] };
		expect(atSecondRest.last.status).toBe('waiting');
		expect(promptsOf(atSecondRest, 'Done')).toEqual([['short']]);
		expect(simulator.stats().createsReceived).toBe(4);
	}, 60_000);

	test('Always Output Data adds no empty item, neither while suspended nor where only errors leave early', async () => {
		const names = lives({ long: 200, bad: 2 }, ['bad']);
		const waiting = suspendingWait(
			{ passOnEarly: true },
			{},
			{ alwaysOutputData: true, onError: 'continueErrorOutput' },
		);
		const workflow = addNodes(durable(order, waiting), collect('Not done'));
		connect(workflow, 'Wait', 1, 'Not done');
		const cycle = await toTheEnd(workflow, names);

		expect(cycle.last.status).toBe('success');
		expect(promptsOf(cycle, 'Done')).toEqual([['long']]);
		expect(promptsOf(cycle, 'Not done')).toEqual([['bad']]);
	}, 60_000);

	test.each(['two in a row', 'two side by side'])(
		'two Wait nodes: %s',
		async (how) => {
			const names = lives({ one: 90, two: 30 });
			const second = { ...suspendingWait(), name: 'Wait again' };
			const workflow = addNodes(durable(order), second, collect('Done again'));
			connect(workflow, how === 'two in a row' ? 'Wait' : 'Transform', 0, 'Wait again');
			connect(workflow, 'Wait again', 0, 'Done again');
			const cycle = await toTheEnd(workflow, names);

			expect(cycle.last.status).toBe('success');
			expect(promptsOf(cycle, 'Done')).toEqual([names]);
			expect(promptsOf(cycle, 'Done again')).toEqual([names]);
			expect(simulator.stats().createsReceived).toBe(2);
		},
		60_000,
	);
});
