import { FAMILIES } from '../../tools/schedule/families';
import type { Remembered } from '../../tools/schedule/histories';
import { measureOurs, type Figures } from '../../tools/schedule/measure';
import { type FamilyFigures, measureFamily } from '../schedule/compare';
import type { ProgressBar } from '../support/progress';
import type { Row, Section } from '../support/report';
import { UNTOLD } from './durable';

/** Families that show nothing of their end, with what earlier tasks tell. */
const HISTORIES: Remembered[] = ['± 15 %', 'half', 'twice'];
const untold = FAMILIES.filter(({ name }) => UNTOLD.includes(name));

export const SCHEDULE_STEPS = FAMILIES.length + HISTORIES.length * untold.length;

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** Delay and requests of every client, on every family of task lives. */
export async function scheduleSection(
	progress: ProgressBar,
	tasksPerFamily: number,
): Promise<Section> {
	const rows: Row[] = [];
	for (const family of FAMILIES) {
		progress.step(`schedule: ${family.name}`);
		rows.push(familyRow(await measureFamily(family, tasksPerFamily)));
	}
	for (const remembered of HISTORIES) {
		for (const family of untold) {
			progress.step(`schedule: ${family.name}, history ${remembered}`);
			rows.push(
				historyRow(
					remembered,
					await measureFamily(family, tasksPerFamily, remembered),
					await measureOurs(family, tasksPerFamily),
				),
			);
		}
	}
	return {
		title: `Polling, ${tasksPerFamily} tasks each in virtual time: seconds from end to detection, median / p95 · requests per task`,
		rows,
	};
}

const show = ({ medianMs, p95Ms, requestsPerTask }: Figures) =>
	`${seconds(medianMs)} / ${seconds(p95Ms)} · ${requestsPerTask.toFixed(1)}`;

function familyRow({ family, ours, sdk, byHand }: FamilyFigures): Row {
	const ratio = {
		delay: ours.medianMs / sdk.medianMs,
		requests: ours.requestsPerTask / sdk.requestsPerTask,
	};
	const predicts = family.goal === 'predict';
	return {
		what: family.name + (family.heldOut ? ' (held out)' : ''),
		ours: show(ours),
		sdk: show(sdk),
		byHand: show(byHand),
		ratio: `${ratio.delay.toFixed(2)} · ${ratio.requests.toFixed(2)}`,
		goal: predicts ? '≤ 1.00 s · ≤ 0.50' : '≤ 1.00 · ≤ 1.00',
		met: predicts
			? ours.medianMs <= 1_000 && ratio.requests <= 0.5
			: ratio.delay <= 1 && ratio.requests <= 1,
	};
}

/** With the right history half of the SDK's requests; with a wrong one, no more of anything than without. */
function historyRow(remembered: Remembered, figures: FamilyFigures, without: Figures): Row {
	const { family, ours, sdk, byHand } = figures;
	const against = remembered === '± 15 %' ? sdk : without;
	const delay = ours.medianMs / against.medianMs;
	const requests = ours.requestsPerTask / against.requestsPerTask;
	const most = remembered === '± 15 %' ? 0.5 : 1;
	return {
		what: `${family.name}, history ${remembered}`,
		ours: show(ours),
		sdk: show(sdk),
		byHand: show(byHand),
		ratio: `${delay.toFixed(2)} · ${requests.toFixed(2)}`,
		goal: `≤ 1.00 · ≤ ${most.toFixed(2)}`,
		met: delay <= 1 && requests <= most,
	};
}
