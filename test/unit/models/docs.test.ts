import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../../nodes/CometApiRunway/models/limits';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import { fieldsShown, labelsShown } from '../support/panel';

/** Each operation as the pages call it, in their order. */
const OPERATIONS: Array<[operation: string, name: string]> = [
	['video/transform', 'Video → Transform'],
	['video/generate', 'Video → Generate'],
	['video/upscale', 'Video → Upscale'],
	['video/perform', 'Video → Perform'],
	['image/generate', 'Image → Generate'],
];

const read = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');
const table = (rows: string[][]) =>
	[rows[0], rows[0].map(() => '---'), ...rows.slice(1)]
		.map((row) => `| ${row.join(' | ')} |`.replace(/ {2,}/g, ' '))
		.join('\n');

/** The fields of an operation: the label, and the models that take them. */
function fieldsOf(operation: string): Map<string, string[]> {
	const fields = new Map<string, string[]>();
	for (const model of Object.keys(ROUTES[operation].models)) {
		for (const label of labelsShown(operation, model)) {
			fields.set(label, [...(fields.get(label) ?? []), model]);
		}
	}
	return fields;
}

/** Operation × field: for every model, for some, or for none. */
function overview(): string {
	const columns = OPERATIONS.map(([operation]) => ({
		fields: fieldsOf(operation),
		models: Object.keys(ROUTES[operation].models).length,
	}));
	const labels = [...new Set(columns.flatMap(({ fields }) => [...fields.keys()]))].sort();
	const cell = (label: string) =>
		columns.map(({ fields, models }) => {
			const takers = fields.get(label)?.length ?? 0;
			return takers === 0 ? '' : takers === models ? '●' : '○';
		});
	return table([
		['field', ...OPERATIONS.map(([, name]) => name)],
		...labels.map((label) => [label, ...cell(label)]),
	]);
}

function limitsInWords({ oneOf, from, to, numbers, or, characters, entries, seconds }: Limits) {
	const range =
		from === undefined ? undefined : to === undefined ? `from ${from}` : `${from}–${to}`;
	const clip = seconds && [seconds.least, seconds.most].filter((each) => each !== undefined);
	return [
		oneOf && (oneOf.length > 12 ? `one of ${oneOf.length}` : oneOf.join(', ')),
		numbers?.join(', '),
		[range, or].filter(Boolean).join(' or '),
		characters && `≤ ${characters} characters`,
		entries && `≤ ${entries}`,
		clip && `${clip.length === 1 ? `≤ ${clip[0]}` : clip.join('–')} s`,
	]
		.filter(Boolean)
		.join('; ');
}

/** What each model of an operation takes. */
function modelsOf(operation: string): string {
	const rows = Object.entries(ROUTES[operation].models).map(([model, { takes }]) => {
		const labels = fieldsShown(operation, model);
		const fields = Object.entries(takes).map(([key, limits]) => {
			const label = labels.get(key === 'promptVideo' ? 'videoUri' : key) ?? key;
			const words = limitsInWords(limits);
			const name = limits.required ? `**${label}**` : label;
			return words ? `${name} (${words})` : name;
		});
		return [`\`${model}\``, fields.join(' · ')];
	});
	return table([['model', 'takes (required in bold)'], ...rows]);
}

test('docs/fields.md has the table of operations and fields, as the code has it', () => {
	expect(read('docs/fields.md')).toContain(overview());
});

test.each(OPERATIONS)('docs/models.md says of %s what each model takes', (operation, name) => {
	expect(read('docs/models.md')).toContain(`## ${name}\n\n${modelsOf(operation)}`);
});
