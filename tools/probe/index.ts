import { setTimeout } from 'node:timers/promises';
import { FREE_ROWS } from './freeRows';
import type { PaidOrder } from './paidOrder';
import { PAID_ROWS } from './paidRows';
import { livePaidStory, type PaidPace, type PaidStory } from './paidStory';
import { askForFree, type Target } from './questions';
import { redact } from './redact';
import { findingLine, orderTitle, reportOf, type Chapter } from './report';
import { findingsOf, type Finding } from './verdict';

export interface ProbeOptions extends PaidPace, Target {
	/** Creates to pay for; none by default. */
	orders: PaidOrder[];
	/** Between saying what will be paid for and paying. */
	secondThoughtMs: number;
	/** Gets the report, which may be shown to anybody, each time there is more in it. */
	save: (report: string) => void;
	/** Gets the findings, a line each. Redacted. */
	print: (line: string) => void;
	/** Gets what is going on, a line each. Redacted, but for the ids of tasks that were paid for. */
	progress: (line: string) => void;
}

/**
 * Asks a CometAPI which of our assumptions hold: first what costs nothing, then, for each order, what one
 * paid task tells. Never repeats a create.
 */
export async function probe(options: ProbeOptions): Promise<Chapter[]> {
	const { orders, apiKey, baseUrl, print, save } = options;
	const chapters: Chapter[] = [];
	const ids: Array<string | number> = [];
	const add = (title: string, findings: Finding[]) => {
		const clean = (text: string) => redact(text, apiKey, ids);
		const shown = findings.map((finding) => ({ ...finding, seen: clean(finding.seen) }));
		chapters.push({ title, findings: shown });
		save(reportOf(chapters, redact(baseUrl, apiKey), new Date()));
		print(`\n${title}`);
		for (const finding of shown) print(findingLine(finding));
	};
	add('Free', await freeFindings(options));
	for (const order of orders) {
		const story = await paidStory(options, order);
		if (story.id) ids.push(story.id.id);
		add(orderTitle(order), findingsOf(PAID_ROWS, story));
	}
	return chapters;
}

async function freeFindings({ baseUrl, apiKey, progress }: ProbeOptions): Promise<Finding[]> {
	const answers = await askForFree({ baseUrl, apiKey }, (nth, count, name) =>
		progress(`asking ${nth} of ${count}: ${name}`),
	);
	return findingsOf(FREE_ROWS, answers);
}

async function paidStory(options: ProbeOptions, order: PaidOrder): Promise<PaidStory> {
	const { apiKey, progress, secondThoughtMs, baseUrl } = options;
	const what = `${order.route} with ${order.model}`;
	progress(`will create, and pay for, one task: ${what}, ${JSON.stringify(order.body)}`);
	progress(`in ${secondThoughtMs / 1000} s; Ctrl-C keeps your money`);
	await setTimeout(secondThoughtMs);
	return await livePaidStory({ baseUrl, apiKey }, order, options, (line) =>
		progress(`${what}: ${line.replaceAll(apiKey, '[key]')}`),
	);
}
