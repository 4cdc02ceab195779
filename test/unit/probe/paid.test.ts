import { DEFAULT_API_KEY, type FaultInput, type PartialScenario } from '../../../tools/simulator';
import { simulatorForTests } from '../support/simulatorForTests';
import { paidOrder } from '../../../tools/probe/paidOrder';
import { PAID_ROWS } from '../../../tools/probe/paidRows';
import { livePaidStory, type PaidStory } from '../../../tools/probe/paidStory';
import { findingsOf, type Verdict } from '../../../tools/probe/verdict';

const SPEED = 50;
const HOUR_MS = 3_600_000;
/** Tasks run for 100 real ms and are looked at every 20. */
const HOLDING = {
	costs: 'runway',
	pendingMs: 1000,
	runningMs: 5000,
	outputUrlTtlMs: 24 * HOUR_MS * SPEED,
} as const;
const PACE = { pollMs: 20, timeoutMs: 5000 };
const ORDER = paidOrder({ model: 'gen4_aleph', videoUrl: 'https://example.com/a.mp4' });

const simulator = simulatorForTests({ speed: SPEED, scenario: HOLDING });

async function live(order = ORDER, pace = PACE, say: (line: string) => void = () => {}) {
	const target = { baseUrl: simulator.baseUrl, apiKey: DEFAULT_API_KEY };
	return await livePaidStory(target, order, pace, say);
}

function idsOf(story: PaidStory, verdict: Verdict): string[] {
	return findingsOf(PAID_ROWS, story)
		.filter((finding) => finding.verdict === verdict)
		.map(({ id }) => id);
}

it('finds that everything holds at the simulator, by one create', async () => {
	const findings = findingsOf(PAID_ROWS, await live());
	expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
	expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
});

const READ = { on: 'read', kind: 'otherJson' } as const;
const SIGNED = 'https://cdn.invalid/0.mp4';
const finished = { id: 'a', status: 'SUCCEEDED', cost: { credits: 1 }, output: [SIGNED] };

type Breach = [
	what: string,
	scenario: PartialScenario,
	fault: FaultInput | undefined,
	ids: string[],
];

/** What breaks which assumptions, and no others. */
const BREACHES: Breach[] = [
	['a refused create', {}, { on: 'create', kind: 'status', status: 400 }, ['accepted']],
	['no channel for the model', { missingModels: ['gen4_aleph'] }, undefined, ['accepted']],
	['an id elsewhere', { createdIdIn: 'task_id' }, undefined, ['id-place']],
	['an id in data', { createdIdIn: 'data' }, undefined, ['id-place', 'estimated-cost']],
	['an id that is a number', { createdIdAs: 'number' }, undefined, ['id-place']],
	['the wrapped shape', { shape: 'wrapped' }, undefined, ['task-shape']],
	['a strange status', {}, { ...READ, json: { id: 'a', status: 'PONDERING' } }, ['statuses']],
	['no progress', { progress: 'none' }, undefined, ['progress']],
	[
		'progress that falls',
		{
			progress: [
				[0, 0.9],
				[1, 0.1],
			],
		},
		undefined,
		['progress'],
	],
	['a failure', { outcome: 'FAILED' }, undefined, ['finished']],
	['no costs', { costs: 'none' }, undefined, ['estimated-cost', 'cost']],
	[
		'a log without the task',
		{},
		{ on: 'account', kind: 'otherJson', json: { success: true, data: [] } },
		['log-tells-create'],
	],
	['a short life of URLs', { outputUrlTtlMs: HOUR_MS * SPEED }, undefined, ['output-expiry']],
	[
		'the same unsigned URL again',
		{},
		{ ...READ, json: finished, times: 2 },
		['output-expiry', 'output-fresh'],
	],
	['no HEAD', {}, { on: 'download', kind: 'status', status: 405 }, ['output-head']],
	['a page in its place', {}, { on: 'download', kind: 'html' }, ['output-type']],
	['no length', { outputContentLength: false }, undefined, ['output-length']],
];

it.each(BREACHES)('finds %s', async (_what, scenario, fault, ids) => {
	simulator.useScenario({ ...HOLDING, ...scenario });
	if (fault) simulator.addFault(fault);
	expect(idsOf(await live(), 'does not hold')).toEqual(ids);
});

const unknown = { status: 400, headers: {}, json: { code: 'task_not_exist', message: '' } };

it.each([
	[599_999, []],
	[600_000, ['missing-for']],
])('judges an id that is unknown for %d ms', (afterMs, ids) => {
	const created = { status: 200, headers: {}, json: { id: 'a', estimatedCost: { credits: 1 } } };
	const reads = [{ afterMs, answer: unknown }];
	const id = { place: 'id', id: 'a' } as const;
	const story = { order: ORDER, sentAt: 0, created, id, reads, lastReadAt: afterMs };
	expect(idsOf(story, 'does not hold')).toEqual(ids);
});

it('shows every assumption broken', () => {
	const shown = [...BREACHES.flatMap(([, , , ids]) => ids), 'missing-for'];
	expect([...new Set(shown)].sort()).toEqual(PAID_ROWS.map(({ id }) => id).sort());
});

it('never repeats a create, whatever becomes of it', async () => {
	simulator.addFault({ on: 'create', kind: 'reset', accepted: true });
	const lines: string[] = [];
	const story = await live(ORDER, PACE, (line) => lines.push(line));
	expect(simulator.stats()).toMatchObject({ createsReceived: 1, taskReads: 0 });
	expect(lines).toEqual(['no id in the answer: no answer (ECONNRESET)']);
	expect(idsOf(story, 'could not be told')).toHaveLength(PAID_ROWS.length);
});

it('tells the whole id at once, and what goes on', async () => {
	simulator.useScenario({ ...HOLDING, notExistMs: 1500 });
	const lines: string[] = [];
	await live(ORDER, PACE, (line) => lines.push(line));
	expect(lines[0]).toBe(`task ${simulator.tasks()[0].id}: this id is paid for, keep it`);
	expect(lines[1]).toBe('task_not_exist, as yet');
	expect(lines.at(-1)).toBe('SUCCEEDED');
});

it('gives up after its time, and leaves open what it has not seen', async () => {
	simulator.useScenario({ ...HOLDING, runningMs: 9e6 });
	const story = await live(ORDER, { pollMs: 10, timeoutMs: 60 });
	expect(idsOf(story, 'could not be told')).toContain('finished');
});

it('shows its key to the gateway alone', async () => {
	await live();
	const heads = simulator.requests().filter(({ server }) => server === 'output');
	expect(heads).toMatchObject([{ method: 'HEAD' }]);
	expect(heads[0].headers).not.toHaveProperty('authorization');
});

it('knows the kind of an image', async () => {
	const imageUrl = 'https://example.com/a.png';
	const story = await live(paidOrder({ model: 'gen4_image', imageUrl }));
	expect(idsOf(story, 'does not hold')).toEqual([]);
});
