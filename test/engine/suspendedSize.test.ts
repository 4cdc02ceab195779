import type { INodeExecutionData } from 'n8n-workflow';
import { chain, editFields, trigger, type WorkflowJson } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { transform } from '../../tools/engine/runway';
import { collect, DurableWorld } from './support/durable';
import { creating } from './support/oneNode';
import { suspendingWait } from './support/suspended';
import { useSimulator } from './support/useSimulator';

/** What n8n stores of an execution that is suspended again and again: nothing of its items may pile up in it. */

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator();
const { lives, toTheEnd } = new DurableWorld(simulator, clock);

/** One for each item; no other number that is stored has these digits. */
const marker = (index: number): number => 918_273_640 + index;

/** n8n stores equal texts once, however many copies there are; objects and numbers are written out for each copy. */
const item = (prompt: string, index: number): INodeExecutionData => ({
	json: {
		prompt,
		marker: marker(index),
		frames: Array.from({ length: 500 }, (_, frame) => ({ frame, at: [frame, frame / 24] })),
	},
	binary: { clip: { data: 'filesystem-v2', mimeType: 'video/mp4', id: 'filesystem-v2:a/clip' } },
});

const copiesIn = (stored: string, index: number): number =>
	stored.split(String(marker(index))).length - 1;

const PATIENT = { timeoutMinutes: 300 };

const waitingFor = (passOnEarly: boolean): WorkflowJson =>
	chain(
		trigger,
		transform(),
		editFields('Beside', '={{ { ...$("Start").item.json, ...$json } }}'),
		suspendingWait({ passOnEarly }, PATIENT),
		collect(),
	);

/**
 * By how much a go lets the stored execution grow, on the average: the run that n8n notes for it (270 bytes), and for the
 * first dozen goes a look at each task. The output of a task that has ended comes once (900).
 */
const BYTES_PER_GO = 500;
const MOST_BYTES_OF_A_GO = 1_400;

/** The items themselves, and those that the node before has made of them. */
test.each<[what: string, copies: number, workflow: WorkflowJson]>([
	['a Wait', 2, waitingFor(false)],
	['a Wait that passes on early', 2, waitingFor(true)],
	['a create that waits', 1, chain(trigger, creating('url', { options: PATIENT }), collect())],
])(
	'%s of 40 goes and more keeps what a large item needs once',
	async (_what, copies, workflow) => {
		const names = lives({ long: 3_600, longer: 3_700, short: 400 });
		const input = names.map(item);
		const { last, runs } = await toTheEnd(workflow, names, { input });

		expect(last.status).toBe('success');
		expect(runs.length).toBeGreaterThan(40);
		const suspended = runs.slice(0, -1).map(({ stored }) => stored);
		const itemBytes = JSON.stringify(input[0]).length;
		expect(itemBytes).toBeGreaterThan(10 * MOST_BYTES_OF_A_GO);
		for (const stored of suspended)
			expect(names.map((_name, index) => copiesIn(stored, index))).toEqual(names.map(() => copies));
		const growths = suspended.slice(1).map((stored, go) => stored.length - suspended[go].length);
		expect(Math.max(...growths)).toBeLessThan(MOST_BYTES_OF_A_GO);
		const grownBy = suspended[suspended.length - 1].length - suspended[0].length;
		expect(grownBy / growths.length).toBeLessThan(BYTES_PER_GO);
	},
	120_000,
);
