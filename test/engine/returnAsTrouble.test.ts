import type { INode } from 'n8n-workflow';
import { addNodes, chain, connect, resumeWorkflow, trigger } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { prompts, told } from '../../tools/engine/runway';
import { collect, DurableWorld } from './support/durable';
import { creating, oneNode, THREE_TRIES } from './support/oneNode';
import { runsWithOutput } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd, promptsOf } = new DurableWorld(simulator, clock);

/** A prompt that every evaluation of the field makes anew. */
const RANDOM = '={{ $json.prompt + " " + Math.random() }}';

const refuse = (promptIncludes: string, times = 1) =>
	simulator.addFault({ on: 'create', kind: 'status', status: 403, promptIncludes, times });
const created = () => simulator.stats().createsReceived;
const idOf = (prompt: string) =>
	simulator.tasks().find(({ promptText }) => promptText === prompt)?.id;

test('a body that every evaluation makes anew is sent once, whatever suspends, fails and is tried again', async () => {
	lives({ good: 200, bad: 100 }, ['bad']);
	const node = creating('url', { promptText: RANDOM }, THREE_TRIES);
	const cycle = await toTheEnd(chain(trigger, node), ['good', 'bad']);

	expect(cycle.last.status).toBe('error');
	expect(cycle.runs.length).toBeGreaterThan(1);
	expect(created()).toBe(2);
}, 60_000);

describe('a create that is refused', () => {
	test('with On Error stop: nothing is suspended, the error names the accepted, and Retry execution sends that item alone', async () => {
		const names = lives({ one: 100, two: 150, three: 2 });
		refuse('two');
		const failed = await toTheEnd(oneNode(), names);

		expect(failed.runs).toHaveLength(1);
		expect(failed.last.status).toBe('error');
		expect(told(failed.last).message).toBe('This API key may not do that');
		expect(told(failed.last).context.acceptedTasks).toEqual([
			{ item: 0, taskId: idOf('one') },
			{ item: 2, taskId: idOf('three') },
		]);
		const retried = await toTheEnd(oneNode(), names, { retryOf: failed.last });
		expect(promptsOf(retried, 'Done')).toEqual([names]);
		expect(created()).toBe(4);
	}, 60_000);

	test('with a body that is never the same: another try sends that item alone', async () => {
		const names = lives({ one: 100, two: 150 });
		refuse('two');
		const node = creating('url', { promptText: RANDOM }, THREE_TRIES);
		const { last } = await toTheEnd(chain(trigger, node), names);

		expect(last.status).toBe('success');
		expect(created()).toBe(3);
	}, 60_000);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with On Error %s: the others are waited for, over all suspensions, and it is not sent again',
		async (onError) => {
			const names = lives({ one: 100, two: 150, bad: 170, three: 250 }, ['bad']);
			refuse('two', 9);
			const node = creating('url', { promptText: RANDOM }, { onError, alwaysOutputData: true });
			const workflow = addNodes(oneNode(node), { ...collect('Not done') });
			connect(workflow, 'Transform', 1, 'Not done');
			const { last, runs } = await toTheEnd(workflow, names);

			expect(last.status).toBe('success');
			expect(runs.length).toBeGreaterThan(1);
			expect(runsWithOutput(runs[0], 'Transform')).toEqual([]);
			const items = [last.output('Transform', 0), last.output('Transform', 1)].flat();
			const byItem = new Map(items.map(({ pairedItem, json }) => [Object(pairedItem).item, json]));
			expect(byItem.get(0)).toMatchObject({ status: 'SUCCEEDED' });
			expect(byItem.get(1)).toMatchObject({
				error: {
					message: 'This API key may not do that',
					httpCode: '403',
				},
			});
			expect(byItem.get(2)).toMatchObject({ error: { status: 'FAILED' } });
			expect(byItem.get(3)).toMatchObject({ status: 'SUCCEEDED' });
			expect(runsWithOutput(last, 'Done')).toHaveLength(1);
			expect(created()).toBe(4);
		},
		60_000,
	);

	test('the first, with On Error continue and tries: sent again once the others have ended, and nothing else', async () => {
		const names = lives({ one: 100, two: 150 });
		refuse('one', 2);
		const node = creating('url', {}, { ...THREE_TRIES, onError: 'continueRegularOutput' });
		const cycle = await toTheEnd(oneNode(node), names);

		expect(promptsOf(cycle, 'Done')).toEqual([names]);
		expect(created()).toBe(4);
	}, 60_000);
});

describe('a task that has failed', () => {
	const failing = async (more: Partial<INode> = {}) =>
		await toTheEnd(oneNode(creating('url', {}, more)), lives({ good: 200, bad: 100 }, ['bad']));

	test('is the error, with every sibling; no try and no Retry execution creates anything', async () => {
		const failed = await failing(THREE_TRIES);
		expect(failed.last.status).toBe('error');
		expect(failed.runs.length).toBeGreaterThan(1);
		const again = await toTheEnd(oneNode(creating('url', {}, THREE_TRIES)), ['good', 'bad'], {
			retryOf: failed.last,
		});

		for (const { last } of [failed, again]) {
			expect(told(last).message).toContain(`Task ${idOf('bad')} failed`);
			expect(told(last).context).toMatchObject({
				itemIndex: 1,
				tasks: [
					{ item: 0, taskId: idOf('good'), status: 'SUCCEEDED' },
					{ item: 1, taskId: idOf('bad'), status: 'FAILED' },
				],
			});
		}
		expect(created()).toBe(2);
	}, 60_000);

	test('is created anew by Retry execution where its prompt has been changed, and that alone', async () => {
		const failed = await failing();
		lives({ better: 10 });
		const promptText = '={{ $json.prompt === "bad" ? "better" : $json.prompt }}';
		const retried = await toTheEnd(chain(trigger, creating('url', { promptText })), [], {
			retryOf: failed.last,
			input: prompts('good', 'bad'),
		});

		expect(retried.last.json('Transform')).toMatchObject([
			{ taskId: idOf('good') },
			{ taskId: idOf('better') },
		]);
		expect(created()).toBe(3);
	}, 60_000);
});

test('a credential that is broken while the execution is suspended is told, and mended it goes on', async () => {
	const names = lives({ one: 200 });
	const { runs } = await toTheEnd(oneNode(), names);
	const broken = { cometApiRunwayApi: { apiKey: 'k', baseUrl: 'nowhere' } };
	const failed = await resumeWorkflow({
		...runs[0],
		options: { ...runs[0].options, credentials: broken },
	});
	expect(told(failed).message).toContain('Base URL is not an http(s) address');
	const retried = await toTheEnd(oneNode(), names, { retryOf: failed });

	expect(promptsOf(retried, 'Done')).toEqual([names]);
	expect(created()).toBe(1);
}, 60_000);

test('a task that is late: the error says so, for programs too, and a retry goes on waiting for it', async () => {
	const names = lives({ late: 150 });
	const node = creating('url', { options: { timeoutMinutes: 1 } });
	const failed = await toTheEnd(oneNode(node), names);
	expect(told(failed.last).context).toMatchObject({ taskId: idOf('late'), timedOut: true });
	const retried = await toTheEnd(oneNode(), names, { retryOf: failed.last });

	expect(promptsOf(retried, 'Done')).toEqual([names]);
	expect(created()).toBe(1);
}, 60_000);
