import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import { toNodeError, WrongInput, type NodeError } from '../shared/n8n/errors';
import type { InputTable } from '../shared/n8n/input';

/** What the list of ids comes to: what can be ids, and what cannot, as it is shown; each once, and in order. */
export interface Listed {
	ids: string[];
	wrongWords: string[];
}

/** An expression that n8n has not resolved is one word, whatever blanks are in it. */
const WORDS = /\{\{[\s\S]*?\}\}|[^\s,;]+/g;

/** A word without a digit is taken for an id from this length on. */
const LONG_ENOUGH = 10;
const TOO_LONG = 256;

/**
 * Whether a word may be the id of a task. Runway's ids are UUIDs, but the gateway in front of it may hand out others
 * (task_…, cgt-20260313-…, numbers). A word that is wrongly taken for an id is looked up in vain, and told ten
 * minutes later; an id that is refused would be a paid task lost. So the rule errs on the side of ids. One is a segment of a
 * path, of the characters that ids are made of, base64 among them (without its slash, which would make two segments
 * of it). And it is no word of a language: those typed by mistake (task, undefined, NaN) are short and have no digit,
 * which ids are not and have.
 */
function canBeId(word: string): boolean {
	const isLong = word.length >= LONG_ENOUGH;
	return word.length <= TOO_LONG && /^[\w.~:=+-]+$/.test(word) && (isLong || /\d/.test(word));
}

const SHOWN_CHARACTERS = 100;

function shown(word: string): string {
	return word.length > SHOWN_CHARACTERS ? `${word.slice(0, SHOWN_CHARACTERS)}…` : word;
}

function wordsOf(entry: unknown): string[] {
	if (entry === null || entry === undefined) return [];
	return typeof entry === 'object' ? [JSON.stringify(entry)] : (String(entry).match(WORDS) ?? []);
}

const MOST_WORDS_TOLD = 10;

/** What is wrong with the list, in words that follow the name of its field. */
function tellWrongWords(words: string[]): string {
	const told = words.slice(0, MOST_WORDS_TOLD).map((word) => `"${word}"`);
	if (words.length > told.length) told.push(`${words.length - told.length} more`);
	return `holds ${told.join(', ')}, which can be no ${words.length > 1 ? 'ids' : 'id'}`;
}

/**
 * The words of a list: separated by commas, blanks or line breaks, or a list that an expression gives. At least one
 * of them can be an id: others must not hold it up.
 */
const listed = z.unknown().transform((value, context): Listed => {
	const words = [...new Set((Array.isArray(value) ? value : [value]).flatMap(wordsOf))];
	const ids = words.filter(canBeId);
	const wrong = words.filter((word) => !canBeId(word)).map(shown);
	const wrongWords = [...new Set(wrong)];
	if (ids.length === 0) {
		const message = words.length === 0 ? 'is empty' : tellWrongWords(wrongWords);
		context.addIssue({ code: 'custom', message });
	}
	return { ids, wrongWords };
});

const FIELD = {
	label: 'Task IDs',
	remedy:
		'Give the ids of the tasks to watch, separated by commas, blanks or line breaks, or as a list by an expression. An expression needs the field to be switched to Expression; in a trigger it can use {{ $vars.… }}, but not {{ $json.… }}, since a trigger has no input.',
};

/** The error of a list that an expression should have given. `problem` is what n8n says of it. */
export function unresolvedError(problem: string): WrongInput {
	const text = `has an expression that n8n could not resolve: ${problem}`;
	return new WrongInput(FIELD.label, text, FIELD.remedy);
}

/** The error of words in the list that can be no ids, where there are others that can. */
export function wrongWordsError(node: INode, words: string[]): NodeError {
	return toNodeError(node, new WrongInput(FIELD.label, tellWrongWords(words), FIELD.remedy));
}

/** The trigger's fields that have to be checked. */
export const TRIGGER_INPUT = {
	taskIds: { ...FIELD, schema: listed },
} satisfies InputTable;
