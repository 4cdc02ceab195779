import { z } from 'zod';
import { DEFAULT_API_KEY, startSimulator } from '../../tools/simulator';
import type { WorkflowRun } from '../../tools/engine';
import { policyRows, type Expected, type PolicyRow } from './support/policyRows';
import { prompts, runChain, told, transform } from '../../tools/engine/runway';
import { useHurry } from './support/useHurry';
import { useSimulator } from './support/useSimulator';

const timeouts = useHurry();
const simulator = useSimulator({ speed: 100 });

const BATCH = ['<a>', '<b>', '<c>'];

interface Setting {
	name: string;
	retryUncertain?: boolean;
	retryOnFail?: boolean;
}

const SETTINGS: Setting[] = [
	{ name: 'as the node comes' },
	{ name: 'with Retry On Fail', retryOnFail: true },
	{ name: 'with Retry Uncertain Submissions', retryUncertain: true },
];

/** How many creates of the item that meets the fault there are to be. */
function createsOf(expected: Expected, { retryUncertain, retryOnFail }: Setting): number {
	switch (expected) {
		case 'done':
		case 'uncertainAnswer':
			return 1;
		case 'repeat':
			return 2;
		case 'giveUp':
			return retryOnFail ? 2 : 1;
		case 'uncertain':
			return retryUncertain ? 2 : 1;
	}
}

/** Submits the batch one by one; the second item's first create meets the row's fault. */
async function submit(
	{ fault }: PolicyRow,
	accepted: boolean,
	{ retryUncertain, retryOnFail }: Setting,
): Promise<WorkflowRun> {
	const sawNoPrompt = fault.kind === 'resetBeforeRead';
	simulator.addFault({
		on: 'create',
		...fault,
		...(accepted ? { accepted } : {}),
		...(sawNoPrompt ? { skip: 1 } : { promptIncludes: '<b>' }),
	});
	const retrying = retryOnFail ? { retryOnFail, maxTries: 2, waitBetweenTries: 1 } : {};
	const node = transform(
		{ options: { maxConcurrency: 1, retryUncertain: retryUncertain === true } },
		retrying,
	);
	return await runChain(simulator, [node], prompts(...BATCH));
}

/** The tasks the user gets to know of, from the items or, where there is one, from the error. */
function reportedTasks(run: WorkflowRun): string[] {
	if (!run.error) return run.json('Transform').map(({ taskId }) => String(taskId));
	const accepted = z.array(z.object({ taskId: z.string() })).parse(told(run).context.acceptedTasks);
	for (const { taskId } of accepted) expect(told(run).description).toContain(taskId);
	return accepted.map(({ taskId }) => taskId);
}

/** Each row, and where its request's fate is unknown, once more with the task accepted behind the client's back. */
const CASES = policyRows().flatMap((row): Array<[string, boolean, PolicyRow]> => {
	const canBeAccepted = row.post.startsWith('uncertain') && row.fault.kind !== 'resetBeforeRead';
	return [
		[row.name, false, row],
		...(canBeAccepted
			? [[`${row.name}, the task being accepted`, true, row] as [string, boolean, PolicyRow]]
			: []),
	];
});

describe.each(SETTINGS)('a create, $name,', (setting) => {
	test.each(CASES)(
		'meets %s',
		async (_name, accepted, row) => {
			const run = await submit(row, accepted, setting);

			const creates = createsOf(row.post, setting);
			const isUnknown = row.post.startsWith('uncertain');
			const endsUncertain = isUnknown && creates === 1;
			const endsRefused = row.post === 'giveUp' && creates === 1;
			const isAnswered = !endsUncertain && !endsRefused;
			const tasks = simulator.tasks().map(({ id }) => id);
			const reported = reportedTasks(run);
			expect(simulator.stats()).toMatchObject({
				createsReceived: 2 + creates,
				tasksAccepted: 2 + Number(accepted) + Number(isAnswered),
			});
			expect(reported).toHaveLength(2 + Number(isAnswered));
			expect(tasks).toEqual(expect.arrayContaining(reported));
			expect(run.error === undefined).toBe(isAnswered);
			if (isAnswered) return;
			const { message, description, context } = told(run);
			expect(context.submissionUncertain).toBe(endsUncertain ? true : undefined);
			expect(message.includes('may have been accepted')).toBe(endsUncertain);
			expect(description.includes('Before this item is run again')).toBe(endsUncertain);
		},
		20_000,
	);
});

/** Made anew for each test: one of them holds a date, soon after now. */
const rowsWithPause = () => policyRows().filter(({ pauseMs }) => pauseMs !== undefined);

test.each(rowsWithPause().map(({ name }, index): [string, number] => [name, index]))(
	'%s is waited for',
	async (_name, index) => {
		const row = rowsWithPause()[index];
		await submit(row, false, SETTINGS[0]);

		const [first, second] = simulator
			.requests()
			.filter(({ promptText }) => promptText === '<b>')
			.map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(Number(row.pauseMs));
	},
);

test('a create is given five minutes to be answered', async () => {
	timeouts.asked.length = 0;
	await runChain(simulator, [transform()], prompts('clip'));
	expect(timeouts.asked).toEqual([300_000]);
});

describe('a create that finds no server', () => {
	/** A port where nobody listens. */
	async function freePort(): Promise<number> {
		const passing = await startSimulator();
		await passing.close();
		return Number(new URL(passing.baseUrl).port);
	}
	const at = (baseUrl: string) => ({
		credentials: { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } },
	});

	test('is sent again until there is one', async () => {
		const port = await freePort();
		const running = runChain(
			simulator,
			[transform()],
			prompts('clip'),
			at(`http://127.0.0.1:${port}`),
		);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const late = await startSimulator({ port });
		try {
			const run = await running;
			expect(run.json('Transform').map(({ taskId }) => taskId)).toEqual(
				late.tasks().map(({ id }) => id),
			);
			expect(late.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
		} finally {
			await late.close();
		}
	}, 20_000);

	test('ends after a while, and was surely not accepted', async () => {
		const run = await runChain(
			simulator,
			[transform()],
			prompts('clip'),
			at(`http://127.0.0.1:${await freePort()}`),
		);

		expect(told(run).message).toBe('CometAPI could not be reached');
		expect(told(run).context.submissionUncertain).toBeUndefined();
	}, 20_000);

	test('that speaks TLS is not sent again', async () => {
		const run = await runChain(
			simulator,
			[transform()],
			prompts('clip'),
			at(simulator.baseUrl.replace('http:', 'https:')),
		);

		expect(told(run).message).toBe('No secure connection to the Base URL could be made');
		expect(told(run).context.submissionUncertain).toBeUndefined();
		expect(simulator.stats().createsReceived).toBe(0);
	});
});
