/** One line of the table. */
export interface Row {
	what: string;
	ours: string;
	/** Ours, where it may not suspend. */
	inProcess?: string;
	sdk?: string;
	byHand?: string;
	/** What ours comes to against the alternative that the goal names. */
	ratio?: string;
	goal: string;
	met: boolean;
}

export interface Section {
	title: string;
	rows: Row[];
}

const HEAD = ['', 'ours', 'ours, in process', "Runway's SDK", 'n8n by hand', 'ratio', 'goal', ''];

function cells({
	what,
	ours,
	inProcess = '–',
	sdk = '–',
	byHand = '–',
	ratio = '–',
	goal,
	met,
}: Row): string[] {
	return [what, ours, inProcess, sdk, byHand, ratio, goal, met ? 'met' : 'MISSED'];
}

/** The table for a terminal. */
export function asText(sections: Section[]): string {
	const lines = [HEAD, ...sections.flatMap(({ rows }) => rows.map(cells))];
	const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	const draw = (line: string[]) =>
		line
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd();
	return [
		draw(HEAD),
		...sections.flatMap(({ title, rows }) => ['', title, ...rows.map((row) => draw(cells(row)))]),
	].join('\n');
}

/** The table for RESULTS.md. */
export function asMarkdown(sections: Section[]): string {
	const draw = (line: string[]) => `| ${line.join(' | ')} |`;
	const table = ({ title, rows }: Section) =>
		[
			`## ${title}`,
			'',
			draw(HEAD),
			draw(HEAD.map(() => '---')),
			...rows.map((row) => draw(cells(row))),
		].join('\n');
	return sections.map(table).join('\n\n');
}

export function median(values: number[]): number {
	return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
