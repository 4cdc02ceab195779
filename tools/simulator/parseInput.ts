import type { z } from 'zod';

/** A scenario, rule, fault or create that does not fit; the message names the field. */
export class InvalidInputError extends Error {}

/**
 * @param describe words of its own for an issue; undefined leaves it to the usual ones
 * @throws {InvalidInputError} when the value does not fit the schema
 */
export function parseInput<T extends z.ZodTypeAny>(
	schema: T,
	value: unknown,
	describe: (issue: z.ZodIssue) => string | undefined = () => undefined,
): z.output<T> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new InvalidInputError(describe(issue) ?? describeIssue(issue));
}

/** `references.0.uri: must use https`; an issue with the whole value has no field to name. */
function describeIssue({ path, message }: z.ZodIssue): string {
	return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
