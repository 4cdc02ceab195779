import type { PaidOrder } from './paidOrder';
import type { Finding } from './verdict';

/** The findings of one look: what is free, or one task that was paid for. */
export interface Chapter {
	title: string;
	findings: Finding[];
}

/** Where a person's own clips lie is nobody's business; what kind of task it was is. */
export function orderTitle({ route, model }: PaidOrder): string {
	return `Paid: ${route} with ${model}`;
}

/** One finding as a line of the terminal. */
export function findingLine({ verdict, id, assume, seen }: Finding): string {
	return `${verdict.padEnd(18)} ${id.padEnd(28)} ${assume} (seen: ${seen})`;
}

/** The report in Markdown; what is in it has to be redacted. */
export function reportOf(chapters: Chapter[], baseUrl: string, at: Date): string {
	const findings = chapters.flatMap((chapter) => chapter.findings);
	const count = (verdict: Finding['verdict']) =>
		`${verdict}: ${findings.filter((finding) => finding.verdict === verdict).length}`;
	return [
		'# What holds of our assumptions about CometAPI',
		'',
		`Asked ${baseUrl} on ${at.toISOString().slice(0, 10)} with \`npm run probe\`. ${count('holds')}, ${count('does not hold')}, ${count('could not be told')}.`,
		'No key is in here, and ids are shortened.',
		...chapters.flatMap(({ title, findings: rows }) => ['', `## ${title}`, '', ...tableOf(rows)]),
		'',
	].join('\n');
}

function tableOf(findings: Finding[]): string[] {
	const cells = (texts: string[]) => `| ${texts.map(cell).join(' | ')} |`;
	return [
		cells(['', 'id', 'we assume', 'asked by', 'seen']),
		'|---|---|---|---|---|',
		...findings.map(({ verdict, id, assume, asked, seen }) =>
			cells([verdict, id, assume, asked, seen]),
		),
	];
}

/** What a server says must not become markup. */
const cell = (text: string) =>
	text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
