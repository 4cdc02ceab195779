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
		expect(context.acceptedTasks).toHaveLength(5);
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

test('a new execution with the same prompts gets new tasks', async () => {
	await runChain(simulator, [transform()], prompts('same', 'same'));
	await runChain(simulator, [transform()], prompts('same'));

	expect(simulator.stats().tasksAccepted).toBe(3);
});

test('a redirect is not followed, so the key stays with the host of the credential', async () => {
	simulator.addFault({ on: 'create', kind: 'redirect' });
	const run = await runChain(simulator, [transform()], prompts('clip'));

	expect(told(run).message).toBe(
		'A redirect came in the place of an answer of CometAPI; the task may have been accepted',
	);
	expect(simulator.requests().filter(({ server }) => server === 'output')).toEqual([]);
});

test.each([
	['a refusal', { kind: 'status', status: 403 }],
	['a reset', { kind: 'reset' }],
	['a web page', { kind: 'html' }],
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

test.each([['a file', 'file:///etc/passwd']])(
	'a Base URL that is %s is refused before anything is sent',
	async (_, baseUrl) => {
		const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } };
		const run = await runChain(simulator, [transform()], prompts('clip'), { credentials });

		expect(told(run).message).toBe("The credential's Base URL is not an http(s) address");
		expect(told(run).description).toContain('https://api.cometapi.com');
	},
);
