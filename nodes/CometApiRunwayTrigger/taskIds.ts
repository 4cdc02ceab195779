/**
 * Reads a list of task ids: separated by commas, blanks or line breaks, or a list that an expression gives.
 * In order, without repeats and empty entries.
 */
export function readTaskIds(value: unknown): string[] {
	const entries = Array.isArray(value) ? value : [value];
	const ids = entries.flatMap((entry) => (typeof entry === 'string' ? entry.split(/[\s,;]+/) : []));
	return [...new Set(ids.filter((id) => id !== ''))];
}
