import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import {
	chain,
	editFields,
	runWorkflow,
	trigger,
	type NodeJson,
	type WorkflowRun,
} from '../../tools/engine';
import { credentialFor, prompts, told, transform, wait } from '../../tools/engine/runway';
import { loopOver } from './support/loop';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20, scenario: { pendingMs: 0, runningMs: 100 } });

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `<${name}>`);
const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const REFUSED = '<c>';

const refuse = (times: number, promptIncludes = REFUSED) =>
	simulator.addFault({ on: 'create', kind: 'status', status: 403, promptIncludes, times });
/** How many creates of each prompt have arrived. */
const creates = (texts = SIX) => {
	const sent = simulator.requests().filter(({ operation }) => operation === 'create');
	return texts.map((text) => sent.filter(({ promptText }) => promptText === text).length);
};
const idOf = (prompt: string) =>
	simulator.tasks().find(({ promptText }) => promptText === prompt)?.id;
const taskIds = (items: IDataObject[]) => items.map(({ taskId }) => taskId);

async function run(nodes: NodeJson[], texts = SIX, retryOf?: WorkflowRun): Promise<WorkflowRun> {
	return await runWorkflow(chain(trigger, ...nodes), {
		credentials: credentialFor(simulator),
		input: prompts(...texts),
		retryOf,
	});
}

describe('one of six is refused', () => {
	test('by three tries, and by three more of Retry execution: five creates, and one for each try', async () => {
		refuse(5);
		const nodes = [transform({}, THREE_TRIES)];
		const failed = await run(nodes);
		expect(failed.status).toBe('error');
		expect(creates()).toEqual([1, 1, 3, 1, 1, 1]);
		const retried = await run(nodes, SIX, failed);

		expect(retried.error).toBeUndefined();
		expect(creates()).toEqual([1, 1, 6, 1, 1, 1]);
		expect(taskIds(retried.json('Transform'))).toEqual(SIX.map(idOf));
	});

	test('by Retry execution again and again: the retry of a retry knows the tasks as well', async () => {
		refuse(2);
		const failed = await run([transform()]);
		const again = await run([transform()], SIX, failed);
		expect(again.status).toBe('error');
		const retried = await run([transform()], SIX, again);

		expect(creates()).toEqual([1, 1, 3, 1, 1, 1]);
		expect(taskIds(retried.json('Transform'))).toEqual(SIX.map(idOf));
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with On Error %s: five flow on, one is the error',
		async (onError) => {
			refuse(1);
			const done = await run([transform({}, { onError }), editFields('Next', '={{ $json }}')]);

			expect(done.error).toBeUndefined();
			const [regular, errors] = [done.output('Transform', 0), done.output('Transform', 1)];
			const failed =
				onError === 'continueErrorOutput' ? errors : regular.filter(({ json }) => json.error);
			expect(failed).toHaveLength(1);
			expect(failed[0].json.error).toMatchObject({
				message: 'This API key may not do that',
				httpCode: '403',
			});
			expect(failed[0].pairedItem).toEqual({ item: 2 });
			const accepted = regular.filter(({ json }) => !json.error).map(({ json }) => json);
			expect(taskIds(accepted)).toEqual(SIX.filter((prompt) => prompt !== REFUSED).map(idOf));
			expect(done.json('Next')).toHaveLength(onError === 'continueErrorOutput' ? 5 : 6);
			expect(creates()).toEqual([1, 1, 1, 1, 1, 1]);
		},
	);

	test('the first, with On Error continue: n8n runs the node again, and only that item is sent again', async () => {
		refuse(3, '<a>');
		const done = await run([transform({}, { ...THREE_TRIES, onError: 'continueRegularOutput' })]);

		const [first, ...others] = done.json('Transform');
		expect(first.error).toMatchObject({ httpCode: '403' });
		expect(taskIds(others)).toEqual(SIX.slice(1).map(idOf));
		expect(creates()).toEqual([3, 1, 1, 1, 1, 1]);
	});
});

describe('a create that may have been accepted', () => {
	/** The connection is reset after the acceptance. */
	const lose = (promptIncludes = REFUSED) =>
		simulator.addFault({ on: 'create', kind: 'reset', accepted: true, promptIncludes });

	test('is sent again neither by three tries nor by Retry execution', async () => {
		lose();
		const failed = await run([transform({}, THREE_TRIES)]);
		const retried = await run([transform({}, THREE_TRIES)], SIX, failed);

		for (const { message, context } of [told(failed), told(retried)]) {
			expect(message).toContain('may have been accepted');
			expect(context).toMatchObject({ submissionUncertain: true });
			expect(taskIds(z.array(z.record(z.any())).parse(context.acceptedTasks))).toEqual(
				SIX.filter((prompt) => prompt !== REFUSED).map(idOf),
			);
		}
		expect(creates()).toEqual([1, 1, 1, 1, 1, 1]);
	});

	test('stays uncertain through every try with On Error continue, and its siblings flow on', async () => {
		lose('<a>');
		const done = await run([transform({}, { ...THREE_TRIES, onError: 'continueRegularOutput' })]);

		const [first, ...others] = done.json('Transform');
		expect(first.error).toMatchObject({ submissionUncertain: true });
		expect(taskIds(others)).toEqual(SIX.slice(1).map(idOf));
		expect(creates()).toEqual([1, 1, 1, 1, 1, 1]);
	});

	test('is sent again by a retry with Retry When Uncertain, and nothing else', async () => {
		lose();
		const failed = await run([transform()]);
		const retried = await run([transform({ options: { retryUncertain: true } })], SIX, failed);

		expect(retried.error).toBeUndefined();
		expect(creates()).toEqual([1, 1, 2, 1, 1, 1]);
	});
});

describe('Loop Over Items', () => {
	const SAME = ['the same', 'the same', 'the same'];

	async function loop(submit: NodeJson, retryOf?: WorkflowRun): Promise<WorkflowRun> {
		return await runWorkflow(loopOver(submit), {
			credentials: credentialFor(simulator),
			input: prompts(...SAME),
			retryOf,
		});
	}

	test('with one and the same prompt three times: three tasks', async () => {
		const done = await loop(transform());

		expect(new Set(taskIds(done.json('Loop', 0)))).toEqual(
			new Set(simulator.tasks().map(({ id }) => id)),
		);
		expect(simulator.stats()).toMatchObject({ createsReceived: 3, tasksAccepted: 3 });
	});

	test('refused in its second round: tries and Retry execution send that round alone again', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 403, skip: 1, times: 4 });
		const failed = await loop(transform({}, THREE_TRIES));
		expect(failed.status).toBe('error');
		const retried = await loop(transform({}, THREE_TRIES), failed);

		expect(retried.error).toBeUndefined();
		expect(new Set(taskIds(retried.json('Loop', 0))).size).toBe(3);
		expect(simulator.stats()).toMatchObject({ createsReceived: 7, tasksAccepted: 3 });
	});
});

test('Wait that fails, is tried again and is retried never leads to a second create', async () => {
	simulator.addFault({ on: 'read', kind: 'status', status: 403, times: 5 });
	const nodes = [transform({}, THREE_TRIES), wait({}, {}, THREE_TRIES)];
	const failed = await run(nodes, ['clip']);
	expect(failed.status).toBe('error');
	const retried = await run(nodes, ['clip'], failed);

	expect(retried.json('Wait')[0]).toMatchObject({ taskId: idOf('clip'), status: 'SUCCEEDED' });
	expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
});
