import { z } from 'zod';
import { WrongInput } from './errors';

/** One field: its label in the panel, what to do when it is wrong, and what it has to be. */
export interface InputRow<Schema extends z.ZodTypeAny = z.ZodTypeAny> {
	label: string;
	remedy: string;
	schema: Schema;
}

/** Fields by the key under which their values come. */
export type InputTable = Record<string, InputRow>;

type Parsed<Table extends InputTable> = {
	[Key in keyof Table]: z.output<Table[Key]['schema']>;
};

/**
 * The values as the table wants them; what it does not know passes untouched. Throws a WrongInput for the first that
 * does not fit; in a list, with the number of the entry (1, 2, …).
 */
export function parseInput<Table extends InputTable>(
	table: Table,
	values: Record<string, unknown>,
): Parsed<Table> & Record<string, unknown> {
	const result: Record<string, unknown> = { ...values };
	for (const [key, { label, remedy, schema }] of Object.entries(table)) {
		const parsed = schema.safeParse(values[key]);
		if (!parsed.success) throw toWrongInput(parsed.error.issues[0], label, remedy);
		if (parsed.data !== undefined) result[key] = parsed.data;
	}
	return result as Parsed<Table> & Record<string, unknown>;
}

/** A problem may know a better remedy than its field. */
function toWrongInput(issue: z.ZodIssue, label: string, fallback: string): WrongInput {
	const { path, message } = issue;
	const better: unknown = issue.code === 'custom' ? issue.params?.remedy : undefined;
	const remedy = typeof better === 'string' ? better : fallback;
	const [index] = path;
	return new WrongInput(
		typeof index === 'number' ? `${label} ${index + 1}` : label,
		message,
		remedy,
	);
}

/** What zod says of a value of the wrong type, in the words of our errors: they follow the field's name. */
export const wrongType = (what: string) => ({
	required_error: 'is missing',
	invalid_type_error: `is not ${what}`,
});

/** A number typed into an expression often arrives as a text. */
export const numeric = (value: unknown): unknown =>
	typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

/** A number above 0, in a field that has a default: an empty value takes it. */
export const positiveNumber = (fallback?: number) =>
	z.unknown().transform((value, context) => {
		const number = numeric(value ?? fallback);
		if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
		const message = `is ${JSON.stringify(value) ?? 'missing'}, not a number above 0`;
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

/** A text, trimmed, in a field that has a default: an empty value takes it. */
export const textOr = (fallback: string) =>
	z.unknown().transform((value, context) => {
		if (typeof (value ?? '') === 'string') return String(value ?? '').trim() || fallback;
		context.addIssue({ code: 'custom', message: `is ${JSON.stringify(value)}, not a text` });
		return z.NEVER;
	});

/** Whether a text can be an id, and so a part of a path: neither a step up in it nor half of a character. */
export const isTaskId = (text: string): boolean => !/^\.{0,2}$|\p{Surrogate}/u.test(text);

/** The id of a task, in whatever node asks for one. */
export const TASK_ID_ROW = {
	label: 'Task ID',
	remedy:
		'Give the id of a task, for example {{ $json.taskId }} from the CometAPI Runway node that created it.',
	schema: z.unknown().transform((value, context) => {
		const taskId = ['string', 'number'].includes(typeof value) ? String(value).trim() : '';
		if (taskId === '') context.addIssue({ code: 'custom', message: 'is empty' });
		else if (!isTaskId(taskId)) {
			context.addIssue({
				code: 'custom',
				message: `is ${JSON.stringify(taskId)}, which can be no id`,
			});
		}
		return taskId;
	}),
} satisfies InputRow;
