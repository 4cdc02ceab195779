import type { NodeJson } from '../../tools/engine';
import { addNodes, connect, items, runWorkflow, trigger, chain } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, told } from '../../tools/engine/runway';
import { collect, durable, DurableWorld } from './support/durable';
import { resumeToTheEnd, runsWithOutput, suspendingWait, type Cycle } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd } = new DurableWorld(simulator, clock);

const EARLY = [{ passOnEarly: false }, { passOnEarly: true }];

/** One that succeeds, one that fails, one that is late, and one that nobody knows. */
async function mixedTasks(): Promise<Array<{ taskId: string; is: string }>> {
	lives({ good: 100, bad: 80, late: 3_000, better: 5 }, ['bad']);
	const created = await toTheEnd(durable('v1', suspendingWait({}, {}, { disabled: true })), [
		'good',
		'bad',
		'late',
		'better',
	]);
	const known = created.last.json('Transform').map(({ taskId }) => String(taskId));
	return [...known, 'task-of-nobody'].map((taskId, index) => ({
		taskId,
		is: ['good', 'bad', 'late', 'better', 'unknown'][index],
	}));
}

async function waitFor(input: object[], waiting: NodeJson): Promise<Cycle> {
	const workflow = addNodes(chain(trigger, waiting), collectIs('Done'), collectIs('Not done'));
	connect(workflow, 'Wait', 0, 'Done');
	connect(workflow, 'Wait', 1, 'Not done');
	return await toTheEnd(workflow, [], { input: items(...input.map((json) => ({ ...json }))) });
}

const collectIs = (name: string): NodeJson => ({
	...collect(name),
	parameters: { mode: 'raw', jsonOutput: '={{ { ...$json, is: $("Start").item.json.is } }}' },
});

const whatLeft = ({ last }: Cycle, node: string) =>
	runsWithOutput(last, node)
		.flat()
		.map(({ json }) => json.is);

const MESSAGES = {
	bad: expect.stringContaining('failed'),
	late: expect.stringContaining('was not finished after 15 minutes'),
	unknown: expect.stringContaining('does not exist'),
};

describe.each(EARLY)('some failed, one late, one unknown, over suspensions, with %j', (options) => {
	const quarter = { timeoutMinutes: 15 };

	test('On Error = Continue: each has its own error, on the same output', async () => {
		const input = await mixedTasks();
		const cycle = await waitFor(
			input,
			suspendingWait(options, quarter, { onError: 'continueRegularOutput' }),
		);

		expect(cycle.last.status).toBe('success');
		expect(cycle.runs.length).toBeGreaterThan(2);
		expect(whatLeft(cycle, 'Done').sort()).toEqual(input.map(({ is }) => is).sort());
		if (!options.passOnEarly) expect(whatLeft(cycle, 'Done')).toEqual(input.map(({ is }) => is));
		for (const { json } of runsWithOutput(cycle.last, 'Done').flat()) {
			const { taskId } = input.find(({ is }) => is === json.is) ?? {};
			const message = MESSAGES[json.is as keyof typeof MESSAGES];
			expect(json).toMatchObject(
				message ? { error: { message, taskId } } : { status: 'SUCCEEDED', taskId },
			);
		}
	}, 60_000);

	test('On Error = Continue (Using Error Output): the errors leave there', async () => {
		const input = await mixedTasks();
		const cycle = await waitFor(
			input,
			suspendingWait(options, quarter, { onError: 'continueErrorOutput' }),
		);

		expect(cycle.last.status).toBe('success');
		expect(whatLeft(cycle, 'Done').sort()).toEqual(['better', 'good']);
		expect(whatLeft(cycle, 'Not done').sort()).toEqual(['bad', 'late', 'unknown']);
	}, 60_000);

	test('On Error = Stop: thrown once all have settled, naming each; a retry waits anew and nothing leaves twice', async () => {
		const input = await mixedTasks();
		const cycle = await waitFor(input, suspendingWait(options, quarter));

		expect(cycle.last.status).toBe('error');
		const { message, context } = told(cycle.last);
		expect(message).toMatch(/^3 of 5 tasks did not succeed\. The first: Task \S+ failed/);
		expect(context.tasks).toEqual(
			input.map(({ taskId, is }, item) =>
				expect.objectContaining({
					item,
					taskId,
					status: { bad: 'FAILED', late: 'RUNNING', unknown: 'UNKNOWN' }[is] ?? 'SUCCEEDED',
				}),
			),
		);
		expect(whatLeft(cycle, 'Done').sort()).toEqual(options.passOnEarly ? ['better', 'good'] : []);

		clock.forwardTo(clock.now() + 3_000_000);
		const retried = await runWorkflow(cycle.last.workflow, {
			credentials: credentialFor(simulator),
			retryOf: cycle.last,
		});
		const again = await resumeToTheEnd(retried, clock);
		expect(told(again.last).message).toMatch(/^2 of 5 tasks did not succeed/);
		expect(whatLeft(again, 'Done').sort()).toEqual(
			options.passOnEarly ? ['better', 'good', 'late'] : [],
		);
	}, 60_000);
});

test('Retry On Fail, which runs the node again where the first item has an error, makes nothing leave twice', async () => {
	lives({ bad: 2, good: 300 }, ['bad']);
	const retrying = suspendingWait(
		{ passOnEarly: true },
		{},
		{ onError: 'continueRegularOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
	);
	const { last } = await toTheEnd(durable('v1', retrying), ['bad', 'good']);

	expect(last.status).toBe('success');
	const left = runsWithOutput(last, 'Done').flat();
	expect(left.map(({ json }) => json.prompt)).toEqual(['bad', 'good']);
}, 60_000);

test('a timeout counts from the first look, suspensions included', async () => {
	lives({ long: 5_000 });
	const startedAt = clock.now();
	const { last, runs } = await toTheEnd(durable('v1', suspendingWait({}, { timeoutMinutes: 7 })), [
		'long',
	]);

	expect(runs.length).toBeGreaterThan(2);
	expect(told(last).message).toContain('was not finished after 7 minutes');
	expect(clock.now() - startedAt).toBeGreaterThan(420_000);
	expect(clock.now() - startedAt).toBeLessThan(490_000);
}, 60_000);

test('a key that is refused while suspended is the error of those that wait; what has ended leaves', async () => {
	lives({ early: 5, late: 300 });
	const workflow = durable('v1', suspendingWait({}, {}, { onError: 'continueRegularOutput' }));
	const first = await runWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: prompts('early', 'late'),
	});
	clock.forwardTo(Number(first.run.waitTill));
	simulator.addFault({ on: 'read', kind: 'status', status: 403, promptIncludes: 'late' });
	const { last } = await resumeToTheEnd(first, clock);
	const [output] = runsWithOutput(last, 'Done');

	expect(output.map(({ json }) => json.status)).toEqual(['SUCCEEDED', undefined]);
	expect(output[1].json.error).toMatchObject({ httpCode: '403', taskId: expect.any(String) });
}, 60_000);
