import { DEFAULT_API_KEY } from '../../tools/simulator';
import { canaryFilm, takeLeaks } from '../../tools/canary';
import { chain, runWorkflow, trigger } from '../../tools/engine';
import { credentialFor, prompts, runChain, told, transform } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20 });

const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `<${name}>`);
const promptsAccepted = () =>
	simulator
		.tasks()
		.map(({ promptText }) => promptText)
		.sort();

describe('a batch', () => {
	test('gives one paired output per item, in input order', async () => {
		const run = await runChain(simulator, [transform()], prompts(...six));

		const promptOf = new Map(simulator.tasks().map(({ id, promptText }) => [id, promptText]));
		expect(run.json('Transform').map(({ taskId }) => promptOf.get(String(taskId)))).toEqual(six);
		expect(run.output('Transform').map(({ pairedItem }) => pairedItem)).toEqual(
			six.map((_, item) => ({ item })),
		);
	});

	test.each([
		[5, {}],
		[2, { options: { maxConcurrency: 2 } }],
	])('submits at most %i items at a time', async (most, parameters) => {
		for (let count = 0; count < 10; count++) simulator.addFault({ on: 'create', kind: 'slowBody' });
		const run = await runChain(simulator, [transform(parameters)], prompts(...six));

		expect(run.error).toBeUndefined();
		expect(simulator.stats().maxInFlight).toBe(most);
	});

	test('sends its other items when one is refused, and lists their tasks in the error', async () => {
		simulator.addFault({
			on: 'create',
			kind: 'status',
			status: 403,
			message: 'No access to this model',
			promptIncludes: '<c>',
		});
		const run = await runChain(simulator, [transform()], prompts(...six));

		const { message, description, context } = told(run);
		expect(message).toBe('This API key may not do that');
		expect(description).toMatch(/CometAPI said: "No access to this model"\..*Request id: \S+\./);
		expect((context.acceptedTasks as object[]).length).toBe(5);
		expect(simulator.stats()).toMatchObject({ createsReceived: 6, tasksAccepted: 5 });
	});
});

test("with n8n's Batching, which prepares the items one after the other, all are submitted", async () => {
	const requestOptions = { batching: { batch: { batchSize: 2, batchInterval: 50 } } };
	const run = await runChain(simulator, [transform({ requestOptions })], prompts(...six));

	expect(run.error).toBeUndefined();
	expect(promptsAccepted()).toEqual(six);
});

test('what may have been accepted stays so when a later try is refused', async () => {
	const options = { credentials: credentialFor(simulator), input: prompts('clip') };
	simulator.addFault({ on: 'create', kind: 'reset', accepted: true });
	const failed = await runWorkflow(chain(trigger, transform()), options);
	simulator.addFault({ on: 'create', kind: 'status', status: 403 });
	const retried = await runWorkflow(
		chain(trigger, transform({ options: { retryUncertain: true } })),
		{ ...options, retryOf: failed },
	);

	expect(told(retried)).toMatchObject({
		message: 'This API key may not do that; the task may have been accepted',
		context: { submissionUncertain: true },
	});
	expect(simulator.stats()).toMatchObject({ createsReceived: 2, tasksAccepted: 1 });
});

describe('an item that was accepted is never submitted again', () => {
	const refuse = (times: number) =>
		simulator.addFault({ on: 'create', kind: 'status', status: 403, promptIncludes: '<c>', times });

	test('by Retry On Fail', async () => {
		refuse(2);
		const retrying = transform({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		const run = await runChain(simulator, [retrying], prompts(...six));

		expect(run.error).toBeUndefined();
		expect(run.json('Transform')).toHaveLength(6);
		expect(simulator.stats()).toMatchObject({ createsReceived: 8, tasksAccepted: 6 });
		expect(promptsAccepted()).toEqual(six);
	});

	test('by Retry execution', async () => {
		refuse(1);
		const workflow = chain(trigger, transform());
		const options = { credentials: credentialFor(simulator), input: prompts(...six) };
		const failed = await runWorkflow(workflow, options);
		expect(failed.status).toBe('error');
		const retried = await runWorkflow(workflow, { ...options, retryOf: failed });

		expect(retried.error).toBeUndefined();
		expect(
			retried
				.json('Transform')
				.map(({ taskId }) => taskId)
				.sort(),
		).toEqual(
			simulator
				.tasks()
				.map(({ id }) => id)
				.sort(),
		);
		expect(simulator.stats()).toMatchObject({ createsReceived: 7, tasksAccepted: 6 });
	});

	test('while a new execution with the same prompts gets new tasks', async () => {
		await runChain(simulator, [transform()], prompts('same', 'same'));
		await runChain(simulator, [transform()], prompts('same'));

		expect(simulator.stats().tasksAccepted).toBe(3);
	});
});

describe('a create whose fate is unknown', () => {
	test.each([
		['an error 500', { kind: 'status', status: 500 }],
		['a gateway timeout', { kind: 'status', status: 504 }],
		['a reset after the request was read', { kind: 'reset' }],
		['an answer that breaks off', { kind: 'truncatedJson' }],
		['an empty answer', { kind: 'emptyBody' }],
	] as const)(
		'(%s) is not sent again, not even by Retry On Fail, and the error says that it may have been accepted',
		async (_, fault) => {
			simulator.addFault({ on: 'create', ...fault, accepted: true });
			const retrying = transform({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
			const run = await runChain(simulator, [retrying], prompts('clip'));

			const { message, description, context } = told(run);
			expect(message).toContain('may have been accepted');
			expect(description).toContain('before running this item again');
			expect(context.submissionUncertain).toBe(true);
			expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
		},
	);

	test('is sent again when the user asked for that', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 500 });
		const run = await runChain(
			simulator,
			[transform({ options: { retryUncertain: true } })],
			prompts('clip'),
		);

		expect(run.json('Transform')[0].taskId).toBe(simulator.tasks()[0].id);
		expect(simulator.stats().createsReceived).toBe(2);
	});
});

test('a create that was surely not accepted is sent again: after 429, 503 and its Retry-After', async () => {
	simulator.addFault({ on: 'create', kind: 'status', status: 429, retryAfter: 1 });
	simulator.addFault({ on: 'create', kind: 'status', status: 503 });
	const run = await runChain(simulator, [transform()], prompts('clip'));

	expect(run.json('Transform')[0].taskId).toBe(simulator.tasks()[0].id);
	expect(simulator.stats()).toMatchObject({ createsReceived: 3, tasksAccepted: 1 });
}, 20_000);

test('a redirect is not followed, so the key stays with the host of the credential', async () => {
	simulator.addFault({ on: 'create', kind: 'redirect' });
	const run = await runChain(simulator, [transform()], prompts('clip'));

	expect(told(run).message).toBe('The Base URL does not lead to CometAPI');
	expect(simulator.requests().filter(({ server }) => server === 'output')).toEqual([]);
});

test.each([
	['a refusal', { kind: 'status', status: 403 }],
	['a wrong request', { kind: 'status', status: 400, message: 'videoUri is wrong' }],
	['an error 500', { kind: 'status', status: 500 }],
	['a reset', { kind: 'reset' }],
	['a web page', { kind: 'html' }],
	['a redirect', { kind: 'redirect' }],
] as const)(
	'neither the key nor the source video is in what is stored, logged or shown after %s',
	async (_, fault) => {
		const data = { data: canaryFilm().toString('base64'), mimeType: 'video/mp4' };
		const input = prompts('one', 'two').map((item) => ({ ...item, binary: { data } }));
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			simulator.addFault({ on: 'create', ...fault, times: 2 });
			const run = await runChain(
				simulator,
				[transform({ videoSource: 'binary' }, { onError })],
				input,
			);
			expect(run.stored).toContain('"message"');
			expect(takeLeaks()).toEqual([]);
		}
		expect(simulator.stats().createsReceived).toBe(6);
	},
);

test('a video of 16 MB that may have been accepted is not sent again by Retry On Fail', async () => {
	simulator.addFault({ on: 'create', kind: 'reset', accepted: true });
	const film = {
		data: Buffer.alloc(16 * 1024 * 1024, canaryFilm()).toString('base64'),
		mimeType: 'video/mp4',
	};
	const retrying = transform(
		{ videoSource: 'binary' },
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
	);
	const run = await runChain(
		simulator,
		[retrying],
		[{ json: { prompt: 'large' }, binary: { data: film } }],
	);

	expect(told(run).message).toMatch(/the task may have been accepted$/);
	expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
});

test.each([
	['no address at all', 'api.cometapi.com'],
	['a file', 'file:///etc/passwd'],
])('a Base URL that is %s is refused before anything is sent', async (_, baseUrl) => {
	const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } };
	const run = await runChain(simulator, [transform()], prompts('clip'), { credentials });

	expect(told(run).message).toBe("The credential's Base URL is not an http(s) address");
	expect(told(run).description).toContain('https://api.cometapi.com');
});
