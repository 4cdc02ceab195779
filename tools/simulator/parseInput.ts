import type { z } from 'zod';

/** A scenario, rule, fault or create that does not fit; the message names the field. */
export class InvalidInputError extends Error {}

/** @throws {InvalidInputError} when the value does not fit the schema */
export function parseInput<T extends z.ZodTypeAny>(schema: T, value: unknown): z.output<T> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new InvalidInputError(describeIssue(result.error.issues[0]));
}

/** `references.0.uri: must use https`; an issue with the whole value has no field to name. */
function describeIssue({ path, message }: z.ZodIssue): string {
	return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}
