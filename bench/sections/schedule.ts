import { FAMILIES } from '../../tools/schedule/families';
import type { Figures } from '../../tools/schedule/measure';
import { type FamilyFigures, measureFamily } from '../schedule/compare';
import type { ProgressBar } from '../support/progress';
import type { Row, Section } from '../support/report';

export const SCHEDULE_STEPS = FAMILIES.length;

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
	return {
		title: `Polling, ${tasksPerFamily} tasks each in virtual time: seconds from end to detection, median / p95 · requests per task`,
		rows,
	};
}

function familyRow({ family, ours, sdk, byHand }: FamilyFigures): Row {
	const show = ({ medianMs, p95Ms, requestsPerTask }: Figures) =>
		`${seconds(medianMs)} / ${seconds(p95Ms)} · ${requestsPerTask.toFixed(1)}`;
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
