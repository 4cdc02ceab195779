import { FAMILIES } from '../../tools/schedule/families';
import type { Remembered } from '../../tools/schedule/histories';
import {
	measureDurable,
	type DurableCase,
	type DurableComparison,
	type DurableFigures,
} from '../schedule/durable';
import type { ProgressBar } from '../support/progress';
import type { Row, Section } from '../support/report';

/** What a row must keep to: find told ends, be no worse than the loop, or no worse than without a history. */
type Goal = 'told' | 'loop' | 'noHistory';

interface DurableRow extends DurableCase {
	goal: Goal;
}

/** The families that show nothing of their end. */
export const UNTOLD = ['no progress', 'stuck at 30 %', 'stages of 10 and 50 %'];
const TOLD_FROM_MS = 75_000;
const BATCH = 5;

const untold = FAMILIES.filter(({ name }) => UNTOLD.includes(name));
const withHistory = (remembered: Remembered, goal: Goal): DurableRow[] =>
	untold.map((family) => {
		const fromMs = goal === 'told' ? TOLD_FROM_MS : 0;
		return { family, remembered, together: 1, fromMs, goal };
	});

const ROWS: DurableRow[] = [
	...FAMILIES.map((family): DurableRow => {
		const goal = family.goal === 'predict' ? 'told' : 'loop';
		const fromMs = goal === 'told' ? TOLD_FROM_MS : 0;
		return { family, remembered: 'nothing', together: 1, fromMs, goal };
	}),
	...withHistory('± 15 %', 'told'),
	...withHistory('half', 'noHistory'),
	...withHistory('twice', 'noHistory'),
	...withHistory('of two kinds', 'loop'),
	...FAMILIES.filter(({ name }) => name === 'linear' || name === 'no progress').flatMap((family) =>
		(['nothing', '± 15 %'] as const).map((remembered): DurableRow => {
			const isTold = family.name === 'linear' || remembered === '± 15 %';
			const goal = isTold ? 'told' : 'loop';
			return { family, remembered, together: BATCH, fromMs: isTold ? TOLD_FROM_MS : 0, goal };
		}),
	),
];

export const DURABLE_STEPS = ROWS.length;

const MOST_DELAY_MS = 2_000;
const MOST_SHARE = 0.08;

/** The wait that suspends itself, beside the loop of a Wait node of 60 s, and beside waiting in the process. */
export async function durableSection(progress: ProgressBar, tasks: number): Promise<Section> {
	const rows: Row[] = [];
	for (const row of ROWS) {
		progress.step(`durable: ${nameOf(row)}`);
		const figures = await measureDurable(row, tasks);
		const most = await mostDelay(row, figures, tasks);
		rows.push(toRow(row, figures, most));
	}
	return {
		title: `Durable wait, ${tasks} tasks each in virtual time: seconds from end to delivery, median / p95 · seconds in process (share of life) · suspensions`,
		rows,
	};
}

async function mostDelay(
	row: DurableRow,
	{ byHand }: DurableComparison,
	tasks: number,
): Promise<number> {
	if (row.goal === 'told') return MOST_DELAY_MS;
	if (row.goal === 'loop') return byHand.medianMs;
	return (await measureDurable({ ...row, remembered: 'nothing' }, tasks)).ours.medianMs;
}

function nameOf({ family, remembered, together, fromMs }: DurableRow): string {
	return [
		family.name,
		remembered === 'nothing' ? '' : `history ${remembered}`,
		together > 1 ? `${together} together` : '',
		fromMs > 0 ? `from ${fromMs / 1_000} s` : '',
	]
		.filter(Boolean)
		.join(', ');
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

function toRow(row: DurableRow, { ours, byHand, inProcess }: DurableComparison, most: number): Row {
	const show = (figures: DurableFigures) =>
		[
			`${seconds(figures.medianMs)} / ${seconds(figures.p95Ms)}`,
			`${seconds(figures.inProcessMs)} (${(100 * figures.inProcessShare).toFixed(1)} %)`,
			...(figures.suspensions > 0 ? [figures.suspensions.toFixed(1)] : []),
		].join(' · ');
	return {
		what: nameOf(row) + (row.family.heldOut ? ' (held out)' : ''),
		ours: show(ours),
		inProcess: show(inProcess),
		byHand: show(byHand),
		ratio: `${(ours.medianMs / byHand.medianMs).toFixed(2)} · ${(ours.inProcessMs / byHand.inProcessMs).toFixed(2)}`,
		goal: `≤ ${seconds(most)} s · ≤ ${100 * MOST_SHARE} %`,
		met: ours.medianMs <= most && ours.inProcessShare <= MOST_SHARE,
	};
}
